'use client';

import { Check, Copy } from '@lucide/icons';
import { useEffect, useState } from 'react';
import { Icon } from '../layout/icon';
import type { ButtonKind, ButtonSize } from './button-class';
import { buttonClass } from './button-class';
import { useScriptsRun } from './use-scripts-run';

interface CopyButtonProps {
  /** Text to copy. */
  readonly text: string;
  /** What is copied, for screen readers; starts with the visible word: "Copy the answer". */
  readonly label: string;
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
}

type Outcome = 'ready' | 'copied' | 'refused';

const WORD: Record<Outcome, string> = { ready: 'Copy', copied: 'Copied', refused: 'Not copied' };

/** Copies a text. Without scripts it is invisible but keeps its space. */
export function CopyButton({ text, label, kind = 'secondary', size = 'medium' }: CopyButtonProps) {
  const scriptsRun = useScriptsRun();
  const [outcome, setOutcome] = useState<Outcome>('ready');

  useEffect(() => {
    if (outcome === 'ready') return;
    const timer = setTimeout(() => setOutcome('ready'), 2500);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  }

  return (
    <button
      type="button"
      aria-label={outcome === 'ready' ? label : WORD[outcome]}
      className={`${buttonClass(kind, size)} ${scriptsRun ? '' : 'invisible'}`}
      onClick={copy}
    >
      <Icon icon={outcome === 'copied' ? Check : Copy} className="size-[1.2em]" />
      {WORD[outcome]}
      <span role="status" className="sr-only">
        {outcome === 'ready' ? '' : WORD[outcome]}
      </span>
    </button>
  );
}
