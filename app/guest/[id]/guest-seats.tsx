import { Card } from '@/components/layout/card';
import type { SeatChange } from '@/components/seats/seat-count';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import type { PreviewedSeats } from '@/lib/operations/exchange/describe-preview';

/** The seats of the file's own entitlement, as they are or as they will be. What is allowed above the bought ones shows only once it is used. */
export function GuestSeatCard({ seats, change }: { readonly seats: PreviewedSeats; readonly change?: SeatChange }) {
  const { bought, heldNow, heldThen } = seats;
  const count = { seats: bought, held: heldThen, cooling: 0, overdraft: Math.max(0, heldThen - bought) };
  return (
    <Card>
      {change === undefined ? (
        <SeatMeterLarge count={count} />
      ) : (
        <SeatMeterLarge count={count} change={change} heldNow={heldNow} />
      )}
    </Card>
  );
}
