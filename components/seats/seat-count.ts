/** Numbers of seats by state. */
export interface SeatCount {
  /** Seats bought; null when there is no limit. */
  readonly seats: number | null;
  /** Seats in use, cooling ones included. */
  readonly held: number;
  /** Of those in use: released without proof and not free yet. */
  readonly cooling: number;
  /** Seats above the bought number that may be used; null when there is no limit to them. */
  readonly overdraft: number | null;
}

/** Effect of the file on screen. The count shown with it is the one afterwards. */
export type SeatChange = 'takes' | 'keeps' | 'frees';

const WHOLE = new Intl.NumberFormat('en-GB');

/** Formats a whole number with thousands separators. */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** Counts the seats in use above the bought number. */
export function seatsOver({ seats, held }: Pick<SeatCount, 'seats' | 'held'>): number {
  return seats === null ? 0 : Math.max(0, held - seats);
}

/** Formats the figures alone: "4 of 5", or "12" without a limit. */
export function countSeats({ seats, held }: SeatCount): string {
  return seats === null ? formatCount(held) : `${formatCount(held)} of ${formatCount(seats)}`;
}

/** Describes the figures: "seats in use, this device included, 1 being released". */
export function describeSeats(count: SeatCount, change?: SeatChange): string {
  const seat = (count.seats ?? count.held) === 1 ? 'seat' : 'seats';
  const parts = [count.seats === null ? `${seat} in use, no limit` : `${seat} in use`];
  const over = seatsOver(count);
  if (over > 0) parts.push(`${formatCount(over)} more than bought`);
  if (change === 'takes' || change === 'keeps') parts.push('this device included');
  if (count.cooling > 0) parts.push(`${formatCount(count.cooling)} being released`);
  if (change === 'frees') parts.push('this device gives its seat back');
  return parts.join(', ');
}
