import type { ReactNode } from 'react';
import type { IconData } from '../layout/icon';
import { Icon } from '../layout/icon';

interface EmptyStateProps {
  readonly icon: IconData;
  readonly title: string;
  /** The next step, in a sentence or two. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Replaces an empty list, and explains how to fill it. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-2 rounded-2xl border border-line border-dashed px-6 py-12 text-center">
      <Icon icon={icon} className="mb-2 size-8 text-ink-3" />
      <p className="font-semibold">{title}</p>
      <div className="max-w-md text-ink-2 text-sm">{children}</div>
      {action === undefined ? null : <div className="mt-4">{action}</div>}
    </div>
  );
}
