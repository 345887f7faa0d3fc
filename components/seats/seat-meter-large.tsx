import type { ReactNode } from 'react';
import { layOutSeats } from './lay-out-seats';
import type { SeatChange, SeatCount } from './seat-count';
import { countSeats, describeSeats } from './seat-count';
import { SeatLegend } from './seat-legend';
import { SeatPicture } from './seat-meter';

interface SeatMeterLargeProps {
  readonly count: SeatCount;
  /** For a preview: what the file does. `count` is then the count as it will be. */
  readonly change?: SeatChange;
  /** For a preview: seats in use now. */
  readonly heldNow?: number;
  /** Beside the figures: when the next seat comes free, or a link. */
  readonly aside?: ReactNode;
}

/** The seats of an entitlement as a picture with a legend: as they are, or as they will be. */
export function SeatMeterLarge({ count, change, heldNow, aside }: SeatMeterLargeProps) {
  const runs = layOutSeats(count, change);
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="text-ink-2 text-sm">
          <span className="mr-1.5 font-semibold text-ink text-xl tracking-tight">{countSeats(count)}</span>
          {describeSeats(count, change)}
        </p>
        {heldNow === undefined ? null : <p className="text-ink-3 text-xs">{countSeats({ ...count, held: heldNow })} now</p>}
        {aside}
      </div>
      {count.seats === null ? null : <SeatPicture runs={runs} size="large" />}
      <SeatLegend runs={runs} />
    </div>
  );
}
