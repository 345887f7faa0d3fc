import type { ReactNode } from 'react';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly lead?: ReactNode;
  /** A link or small button at the right of the heading. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under its own heading. */
export function Section({ id, title, lead, action, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="mt-12 first:mt-0">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div>
          <h2 id={id} className="font-semibold text-lg tracking-tight">
            {title}
          </h2>
          {lead === undefined ? null : <p className="mt-1 text-ink-2 text-sm">{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
