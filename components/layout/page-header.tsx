import { ArrowLeft } from '@lucide/icons';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon } from './icon';

interface PageHeaderProps {
  readonly title: ReactNode;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string };
  /** A state badge, beside the title. */
  readonly state?: ReactNode;
  /** Buttons, at the right on wide screens. */
  readonly actions?: ReactNode;
}

/** Header of a page: title, back link, state and actions. */
export function PageHeader({ title, lead, back, state, actions }: PageHeaderProps) {
  return (
    <div className="mb-8 grid gap-2">
      {back === undefined ? null : (
        <Link
          prefetch={false}
          href={back.href}
          className="-ml-1.5 inline-flex min-h-9 items-center gap-1.5 justify-self-start rounded-lg px-1.5 font-medium text-ink-3 text-xs hover:text-ink pointer-coarse:min-h-11"
        >
          <Icon icon={ArrowLeft} className="size-4" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <h1 className="break-words font-semibold text-2xl tracking-tight">{title}</h1>
            {state}
          </div>
          {lead === undefined ? null : <p className="mt-1.5 max-w-prose text-ink-2">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
