import type { SeatRun } from './lay-out-seats';
import { seatCellClass } from './seat-look';

interface SeatCellsProps {
  readonly runs: readonly SeatRun[];
  readonly size: 'row' | 'large';
}

const CELL = { row: 'h-5 w-3 rounded-[3px]', large: 'h-11 min-w-3 max-w-24 grow basis-0 rounded-lg' } as const;

/** Seats one by one. */
export function SeatCells({ runs, size }: SeatCellsProps) {
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
