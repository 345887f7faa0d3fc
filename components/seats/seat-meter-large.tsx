import type { ReactNode } from 'react';
import { Picture } from '../tables/picture';
import type { SeatRun } from './lay-out-seats';
import { layOutSeats } from './lay-out-seats';
import type { SeatChange, SeatCount } from './seat-count';
import { countSeats, describeSeats, formatCount } from './seat-count';
import { SEAT_WORD, seatCellClass } from './seat-look';
import { SeatPicture } from './seat-meter';

interface SeatMeterLargeProps {
  readonly count: SeatCount;
  /** In a preview: effect of the file. `count` is then the count afterwards. */
  readonly change?: SeatChange;
  /** In a preview: seats in use now. */
  readonly heldNow?: number;
  readonly title?: string;
  /** At the right of the title: when the next seat comes free, or a link. */
  readonly aside?: ReactNode;
}

/** Shows the seats of an entitlement with a legend: now, or after the previewed exchange. */
export function SeatMeterLarge({ count, change, heldNow, title = 'Seats', aside }: SeatMeterLargeProps) {
  const runs = layOutSeats(count, change);
  return (
    <Picture
      title={change === undefined ? title : `${title} afterwards`}
      aside={heldNow === undefined ? aside : `Now ${countSeats({ ...count, held: heldNow })}`}
      figure={countSeats(count)}
      words={describeSeats({ ...count, cooling: 0 }, change)}
      legend={<SeatLegend runs={runs} />}
    >
      {count.seats === null ? null : <SeatPicture runs={runs} size="large" />}
    </Picture>
  );
}

function wordFor({ kind, over }: SeatRun): string {
  if (!over) return SEAT_WORD[kind];
  if (kind === 'held') return 'In use, more than bought';
  if (kind === 'this') return 'This device, more than bought';
  if (kind === 'free') return 'Can be used, more than bought';
  return SEAT_WORD[kind];
}

/** Legend of the large meter, with numbers. */
function SeatLegend({ runs }: { readonly runs: readonly SeatRun[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-2 text-ink-2 text-xs">
      {runs.map((run) => (
        <li key={`${run.kind}${run.over}`} className="flex items-center gap-2">
          <span aria-hidden="true" className={`size-3.5 rounded-[3px] forced-color-adjust-none ${seatCellClass(run)}`} />
          {wordFor(run)}
          {run.kind === 'this' || run.kind === 'freed' ? null : (
            <span className="font-medium text-ink">{formatCount(run.length)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
