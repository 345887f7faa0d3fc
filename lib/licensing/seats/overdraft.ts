/** Seats above the bought number that may be used. */
export type Overdraft =
  | { readonly kind: 'none' }
  | { readonly kind: 'absolute'; readonly seats: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'unlimited' };

export const OVERDRAFT_KINDS = ['none', 'absolute', 'percent', 'unlimited'] as const;

/** Stands for "no limit" wherever a number of seats is stored: the largest 32-bit integer. */
export const UNLIMITED_SEATS = 2_147_483_647;

/**
 * Computes the number of seats that can be held at once: what was bought plus the overdraft. A percentage is rounded down to whole seats.
 * The database computes the same in the generated column `seats_cap`; a test compares the two.
 */
export function seatsCap(seats: number, overdraft: Overdraft): number {
  switch (overdraft.kind) {
    case 'none':
      return seats;
    case 'absolute':
      return Math.min(seats + overdraft.seats, UNLIMITED_SEATS);
    case 'percent':
      return Math.min(seats + Math.floor((seats * overdraft.percent) / 100), UNLIMITED_SEATS);
    case 'unlimited':
      return UNLIMITED_SEATS;
  }
}
