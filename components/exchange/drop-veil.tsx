import { FileDown } from '@lucide/icons';
import type { ComponentProps } from 'react';
import { Icon } from '../layout/icon';

interface DropVeilProps {
  /** True while a file is held over the page. */
  readonly shown: boolean;
  readonly rootProps: ComponentProps<'div'>;
}

/** Makes the whole page the target while a file is held over it. */
export function DropVeil({ shown, rootProps }: DropVeilProps) {
  return (
    <div
      {...rootProps}
      aria-hidden="true"
      tabIndex={-1}
      className={`fixed inset-0 z-50 grid place-items-center bg-canvas/90 p-4 ${shown ? '' : 'invisible pointer-events-none'}`}
    >
      <div className="pointer-events-none grid size-full place-content-center justify-items-center gap-3 rounded-3xl border-4 border-accent border-dashed bg-accent-soft text-accent">
        <Icon icon={FileDown} className="size-12" />
        <p className="font-semibold text-2xl tracking-tight">Let go to read it</p>
      </div>
    </div>
  );
}
