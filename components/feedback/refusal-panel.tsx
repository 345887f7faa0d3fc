import { FileX2, LifeBuoy } from '@lucide/icons';
import type { ReactNode } from 'react';
import { Icon } from '../layout/icon';
import { ReferenceLine } from './reference-line';

/** Who can help, and how to reach them. */
export interface HelpContact {
  /** "Ask Petra Vogel, who administers your licences." */
  readonly sentence: string;
  /** An e-mail address or telephone number, with its link. */
  readonly reach?: { readonly label: string; readonly href: string };
}

interface RefusalPanelProps {
  /** What is wrong, in one sentence. */
  readonly cause: string;
  /** How to fix it. */
  readonly fix: string;
  readonly help?: HelpContact;
  readonly code: string;
  readonly reference: string;
  /** Buttons that help: "Choose another file", "Release a seat". */
  readonly actions?: ReactNode;
  /** `page` for a page of its own, where the cause is the main heading. */
  readonly heading?: 'page' | 'section';
  /** Facts or a list of holders, below. */
  readonly children?: ReactNode;
}

/** Explains why a file was refused and what to do next. */
export function RefusalPanel({ cause, fix, help, code, reference, actions, heading = 'page', children }: RefusalPanelProps) {
  const Heading = heading === 'page' ? 'h1' : 'h2';
  return (
    <div className="rounded-2xl border border-line bg-surface shadow-card">
      <div className="flex flex-col gap-4 p-5 sm:flex-row sm:gap-5 sm:p-7">
        <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-stopped-soft text-stopped">
          <Icon icon={FileX2} className="size-6" />
        </span>
        <div className="min-w-0 grow">
          <Heading className="max-w-prose font-semibold text-xl tracking-tight">{cause}</Heading>
          <p className="mt-2 max-w-prose text-ink-2">{fix}</p>
          <p className="mt-2 max-w-prose font-medium text-ink text-sm">Nothing was changed.</p>
          {actions === undefined ? null : <div className="mt-5 flex flex-wrap gap-3">{actions}</div>}
          {help === undefined ? null : <Help {...help} />}
        </div>
      </div>
      {children === undefined ? null : <div className="border-line border-t p-5 sm:p-7">{children}</div>}
      <div className="border-line border-t px-5 py-3 sm:px-7">
        <ReferenceLine code={code} reference={reference} />
      </div>
    </div>
  );
}

function Help({ sentence, reach }: HelpContact) {
  return (
    <p className="mt-5 flex items-start gap-2 text-ink-2 text-sm">
      <Icon icon={LifeBuoy} className="mt-px size-5 text-ink-3" />
      <span>
        {sentence}{' '}
        {reach === undefined ? null : (
          <a href={reach.href} className="rounded-sm font-medium text-accent underline underline-offset-[0.2em]">
            {reach.label}
          </a>
        )}
      </span>
    </p>
  );
}
