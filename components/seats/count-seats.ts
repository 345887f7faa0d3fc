import type { SeatCount } from '@/components/seats/seat-count';
import { UNLIMITED_SEATS } from '@/lib/licensing/seats/overdraft';

/** The seats of an entitlement as the meters take them. */
export function seatCountOf(entitlement: {
  readonly seats: number;
  readonly seatsCap: number;
  readonly seatsHeld: number;
  readonly releasing?: number;
}): SeatCount {
  const { seats, seatsCap, seatsHeld, releasing = 0 } = entitlement;
  return {
    seats,
    held: seatsHeld,
    cooling: releasing,
    overdraft: seatsCap === UNLIMITED_SEATS ? null : seatsCap - seats,
  };
}

/** "Motion Studio Pro": product and edition, once each. */
export function titleOfEntitlement({ productName, edition }: { readonly productName: string; readonly edition: string }): string {
  return edition === '' ? productName : `${productName} ${edition}`;
}
