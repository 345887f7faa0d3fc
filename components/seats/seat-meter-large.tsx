import type { ReactNode } from 'react';
import { Picture } from '../tables/picture';
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
  readonly title?: string;
  /** At the right of the title: when the next seat comes free, or a link. */
  readonly aside?: ReactNode;
}

/** The seats of an entitlement as a picture with a legend: as they are, or as they will be. */
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
