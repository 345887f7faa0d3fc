import type { ReactNode } from 'react';
import type { IconData } from '../icon';
import { Icon } from '../icon';
import { buttonClass } from './button-class';

interface ConfirmActProps {
  /** The act: "Release seat". */
  readonly act: string;
  readonly icon?: IconData;
  /** What it does, and until when the old machine may run. */
  readonly effect: ReactNode;
  /** The form that does it, ending in a danger button that says the act again. */
  readonly children: ReactNode;
}

/** An act with an effect outside this screen: opens in place, says the effect, and only then offers the button. Works without scripts. */
export function ConfirmAct({ act, icon, effect, children }: ConfirmActProps) {
  return (
    <details className="group">
      <summary className={`${buttonClass('secondary')} group-open:bg-sunken`}>
        {icon === undefined ? null : <Icon icon={icon} className="size-[1.2em]" />}
        {act}…
      </summary>
      <div className="mt-3 grid max-w-xl gap-4 rounded-2xl border border-line bg-surface p-5 shadow-lifted">
        <div className="text-ink-2 text-sm">{effect}</div>
        {children}
      </div>
    </details>
  );
}
