import { Check, Minus, X } from '@lucide/icons';
import type { IconData } from '../layout/icon';
import { Icon } from '../layout/icon';

/** One check of a file. */
export interface CheckLine {
  readonly id: string;
  readonly asks: string;
  readonly outcome: 'pass' | 'fail' | 'not-reached';
  readonly why: string | null;
}

const LOOK: Record<CheckLine['outcome'], { readonly icon: IconData; readonly word: string; readonly look: string }> = {
  pass: { icon: Check, word: 'Passed: ', look: 'bg-fine-soft text-fine' },
  fail: { icon: X, word: 'Failed: ', look: 'bg-stopped-soft text-stopped' },
  'not-reached': { icon: Minus, word: 'Not reached: ', look: 'bg-sunken text-ink-3' },
};

/** The checks of a file in their order, each with tick, cross or dash. */
export function CheckList({ checks }: { readonly checks: readonly CheckLine[] }) {
  return (
    <ol className="grid gap-2.5 text-sm">
      {checks.map(({ id, asks, outcome, why }) => (
        <li key={id} className="flex gap-3" data-check={id} data-outcome={outcome}>
          <span className={`mt-px grid size-5 shrink-0 place-items-center rounded-full ${LOOK[outcome].look}`}>
            <Icon icon={LOOK[outcome].icon} className="size-3.5" />
          </span>
          <div className={`min-w-0 ${outcome === 'not-reached' ? 'text-ink-3' : ''}`}>
            <span className="sr-only">{LOOK[outcome].word}</span>
            {asks}
            {why === null ? null : <p className="mt-0.5 text-ink-2 text-xs">{why}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
