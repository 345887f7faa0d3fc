import { ArrowDownToLine, ArrowUpFromLine, FileX2 } from '@lucide/icons';
import type { ReactNode } from 'react';
import { ButtonLink } from '../actions/button-link';
import { DownloadLink } from '../actions/download-link';
import type { IconData } from '../layout/icon';
import { Icon } from '../layout/icon';
import { Instant } from '../time/instant';

/** One file in or out. */
export interface ExchangeEvent {
  readonly id: string;
  readonly direction: 'in' | 'out' | 'refused';
  readonly at: Date;
  /** What it was: "Activation request", "Answer: lease until 12 Dec 2026". */
  readonly title: ReactNode;
  /** Further line: actor, client address, outcome. */
  readonly detail?: ReactNode;
  /** Address of the inspection of the file. */
  readonly inspectHref?: string;
  readonly download?: { readonly href: string; readonly fileName: string };
}

const LOOK: Record<ExchangeEvent['direction'], { icon: IconData; word: string; colour: string }> = {
  in: { icon: ArrowDownToLine, word: 'In: ', colour: 'bg-sunken text-ink-2' },
  out: { icon: ArrowUpFromLine, word: 'Out: ', colour: 'bg-accent-soft text-accent' },
  refused: { icon: FileX2, word: 'Refused: ', colour: 'bg-stopped-soft text-stopped' },
};

/** Lists exchanges, newest first. */
export function ExchangeTimeline({ events }: { readonly events: readonly ExchangeEvent[] }) {
  return (
    <ol>
      {events.map((event) => (
        <TimelineEvent key={event.id} {...event} />
      ))}
    </ol>
  );
}

function TimelineEvent({ direction, at, title, detail, download, inspectHref }: ExchangeEvent) {
  const { icon, word, colour } = LOOK[direction];
  return (
    <li className="group relative flex gap-4 pb-6 last:pb-0">
      <span aria-hidden="true" className="absolute top-11 bottom-1 left-[1.1875rem] w-px bg-line group-last:hidden" />
      <span className={`grid size-9.5 shrink-0 place-items-center rounded-full ${colour}`}>
        <Icon icon={icon} className="size-4.5" />
      </span>
      <div className="flex min-w-0 grow flex-wrap items-start justify-between gap-x-4 gap-y-2 pt-1">
        <div className="min-w-0">
          <p className="font-medium text-sm">
            <span className="sr-only">{word}</span>
            {title}
          </p>
          <p className="mt-0.5 text-ink-3 text-xs">
            <Instant at={at} precision="minute" />
            {detail === undefined ? null : <> · {detail}</>}
          </p>
        </div>
        <div className="flex flex-wrap gap-2 empty:hidden">
          {inspectHref === undefined ? null : (
            <ButtonLink href={inspectHref} kind="quiet" size="small">
              Inspect
            </ButtonLink>
          )}
          {download === undefined ? null : <DownloadLink {...download} label="Download again" size="small" />}
        </div>
      </div>
    </li>
  );
}
