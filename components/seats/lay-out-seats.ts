import type { SeatChange, SeatCount } from './seat-count';
import { seatsOver } from './seat-count';

export type SeatKind = 'held' | 'this' | 'cooling' | 'freed' | 'free';

/** Neighbouring seats that look alike. `over`: above the bought number. */
export interface SeatRun {
  readonly kind: SeatKind;
  readonly over: boolean;
  readonly length: number;
}

/**
 * Puts the seats in a row: cooling ones, those in use, this device's, free ones, and behind the bought number those of the overdraft.
 * An overdraft or a number of seats without limit ends with the last seat in use.
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
