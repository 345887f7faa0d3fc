import type { SeatChange, SeatCount } from './seat-count';
import { seatsOver } from './seat-count';

export type SeatKind = 'held' | 'this' | 'cooling' | 'freed' | 'free';

/** Consecutive seats of one kind. `over`: above the bought number. */
export interface SeatRun {
  readonly kind: SeatKind;
  readonly over: boolean;
  readonly length: number;
}

/**
 * Orders the seats: cooling, in use, this device's, free, and then those of the overdraft. Unlimited seats or an unlimited overdraft end with
 * the last seat in use.
 */
export function layOutSeats(count: SeatCount, change?: SeatChange): SeatRun[] {
  const bought = count.seats ?? count.held;
  const slots = Math.max(count.held, bought) + Math.max(0, (count.overdraft ?? 0) - seatsOver(count));
  const mine = change === 'takes' || change === 'keeps' ? 1 : 0;
  const freed = change === 'frees' ? 1 : 0;
  const row: readonly [SeatKind, number][] = [
    ['cooling', count.cooling],
    ['held', count.held - count.cooling - mine],
    ['this', mine],
    ['freed', freed],
    ['free', slots - count.held - freed],
  ];
  let start = 0;
  return row.flatMap(([kind, length]) => {
    const within = Math.max(0, Math.min(length, bought - start));
    start += Math.max(0, length);
    const runs: SeatRun[] = [
      { kind, over: false, length: within },
      { kind, over: true, length: length - within },
    ];
    return runs.filter((run) => run.length > 0);
  });
}
