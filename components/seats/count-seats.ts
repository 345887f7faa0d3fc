import type { SeatCount } from '@/components/seats/seat-count';
import { UNLIMITED_SEATS } from '@/lib/licensing/seats/overdraft';

/** Converts the seats of an entitlement to the input of the meters. */
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

/** Formats product and edition without repetition: "Motion Studio Pro". */
export function titleOfEntitlement({ productName, edition }: { readonly productName: string; readonly edition: string }): string {
  return edition === '' ? productName : `${productName} ${edition}`;
}
