import type { SeatRun } from './lay-out-seats';
import { formatCount } from './seat-count';
import { SEAT_WORD, seatCellClass } from './seat-look';

function wordFor({ kind, over }: SeatRun): string {
  if (!over) return SEAT_WORD[kind];
  if (kind === 'held') return 'In use, more than bought';
  if (kind === 'this') return 'This device, more than bought';
  if (kind === 'free') return 'Can be used, more than bought';
  return SEAT_WORD[kind];
}

/** What the parts of a large meter mean, with their numbers. */
export function SeatLegend({ runs }: { readonly runs: readonly SeatRun[] }) {
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
