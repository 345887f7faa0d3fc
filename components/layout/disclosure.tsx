import { ChevronDown } from '@lucide/icons';
import type { ReactNode } from 'react';
import { Icon } from './icon';

interface DisclosureProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** Hides content that few people need behind a line that opens it. Works without scripts. */
export function Disclosure({ label, children }: DisclosureProps) {
  return (
    <details className="group rounded-2xl border border-line bg-surface">
      <summary className="flex min-h-12 cursor-pointer items-center justify-between gap-4 rounded-2xl px-5 py-3 font-medium text-sm hover:text-accent">
        {label}
        <Icon icon={ChevronDown} className="size-4.5 text-ink-3 group-open:rotate-180" />
      </summary>
      <div className="px-5 pt-2 pb-5">{children}</div>
    </details>
  );
}
