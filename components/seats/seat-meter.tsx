import { Infinity as NoLimit } from '@lucide/icons';
import { Icon } from '../layout/icon';
import type { SeatRun } from './lay-out-seats';
import { layOutSeats } from './lay-out-seats';
import { SeatBar } from './seat-bar';
import type { SeatCount } from './seat-count';
import { countSeats, describeSeats, formatCount } from './seat-count';
import { seatCellClass } from './seat-look';

interface SeatMeterProps {
  readonly count: SeatCount;
  /** Machines that may run; shown when more than the seats in use. */
  readonly running?: number;
}

const MOST_CELLS = { row: 7, large: 24 } as const;

/** The seats of an entitlement in a row of a list. */
export function SeatMeter({ count, running = 0 }: SeatMeterProps) {
  return (
    <div className="flex items-center gap-3">
      <div className="w-28 shrink-0 @max-4xl:text-right">
        {count.seats === null ? (
          <Icon icon={NoLimit} className="inline-block size-6 text-accent" />
        ) : (
          <SeatPicture runs={layOutSeats(count)} size="row" />
        )}
      </div>
      <p data-figures className="whitespace-nowrap text-ink-2 text-xs">
        {countSeats(count)}
        {count.seats === null ? ', no limit' : null}
        <span className="sr-only"> {describeSeats({ ...count, seats: count.seats ?? count.held })}</span>
        {running > count.held ? <span className="block text-info">{formatCount(running)} may run</span> : null}
      </p>
    </div>
  );
}

interface SeatPictureProps {
  readonly runs: readonly SeatRun[];
  readonly size: 'row' | 'large';
}

/** Shows few seats as cells, many as a bar. */
export function SeatPicture({ runs, size }: SeatPictureProps) {
  const slots = runs.reduce((sum, run) => sum + run.length, 0);
  if (slots > MOST_CELLS[size]) return <SeatBar runs={runs} size={size} />;
  return <SeatCells runs={runs} size={size} />;
}

interface SeatCellsProps {
  readonly runs: readonly SeatRun[];
  readonly size: 'row' | 'large';
}

const CELL = { row: 'h-5 w-3 rounded-[3px]', large: 'h-11 min-w-3 max-w-24 grow basis-0 rounded-lg' } as const;

/** Seats one by one. */
function SeatCells({ runs, size }: SeatCellsProps) {
  const cells = runs.flatMap((run) =>
    Array.from({ length: run.length }, (_, index) => ({ ...run, id: `${run.kind}${run.over}${index}` })),
  );
  return (
    <div
      aria-hidden="true"
      className={`flex forced-color-adjust-none ${size === 'row' ? 'gap-[3px] @max-4xl:justify-end' : 'gap-1.5'}`}
    >
      {cells.map((cell) => (
        <span key={cell.id} className={`${CELL[size]} ${seatCellClass(cell)}`} />
      ))}
    </div>
  );
}
