import { Monitor } from '@lucide/icons';
import type { ReactNode } from 'react';
import { TextLink } from '../actions/text-link';
import { Icon } from '../layout/icon';
import { Instant } from '../time/instant';

/** A device with a seat, as visible to this reader. */
export interface SeatHolder {
  readonly id: string;
  readonly device: string;
  readonly person?: string;
  readonly href?: string;
  /** When its lease ends. */
  readonly until: Date;
  readonly lastExchangeAt?: Date | null;
  /** True for the lookalike of the file on screen. */
  readonly looksAlike?: boolean;
}

interface HoldersListProps {
  readonly holders: readonly SeatHolder[];
  readonly now: Date;
  /** Number of seats whose holders this reader may not see. */
  readonly hidden?: number;
  /** Renders a button or link for a holder: "Release seat". */
  readonly actionFor?: (holder: SeatHolder) => ReactNode;
}

/** Lists the holders of the seats, when none is free. */
export function HoldersList({ holders, now, hidden = 0, actionFor }: HoldersListProps) {
  return (
    <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
      {holders.map((holder) => (
        <li
          key={holder.id}
          className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[auto_1fr_auto] sm:px-5"
        >
          <Icon icon={Monitor} className="size-5 text-ink-3" />
          <div className="min-w-0">
            <p className="truncate font-medium text-sm">
              {holder.href === undefined ? holder.device : <TextLink href={holder.href}>{holder.device}</TextLink>}
            </p>
            {holder.looksAlike === true ? <p className="text-ink-2 text-xs">Looks like the machine of this file</p> : null}
            <p className="text-ink-3 text-xs">
              {holder.person === undefined ? null : `${holder.person} · `}Until <Instant at={holder.until} now={now} />
              {holder.lastExchangeAt == null ? null : (
                <>
                  {' '}
                  · Last exchange <Instant at={holder.lastExchangeAt} />
                </>
              )}
            </p>
          </div>
          {actionFor === undefined ? null : <div className="col-start-2 sm:col-start-3">{actionFor(holder)}</div>}
        </li>
      ))}
      {hidden > 0 ? (
        <li className="px-4 py-3 text-ink-3 text-xs sm:px-5">
          {hidden === 1
            ? '1 more seat is used by a device you cannot see.'
            : `${hidden} more seats are used by devices you cannot see.`}
        </li>
      ) : null}
    </ul>
  );
}
