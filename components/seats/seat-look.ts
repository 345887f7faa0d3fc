import type { SeatKind, SeatRun } from './lay-out-seats';

/** Gets the classes of a seat drawn as a cell. */
export function seatCellClass({ kind, over }: Pick<SeatRun, 'kind' | 'over'>): string {
  return over ? OVER[kind] : WITHIN[kind];
}

const WITHIN: Record<SeatKind, string> = {
  held: 'bg-accent/60 dark:bg-accent/55',
  this: 'bg-accent motion-safe:animate-settle',
  cooling: 'hatched border border-edge text-edge',
  freed: 'border-2 border-accent border-dashed',
  free: 'border border-edge/70 bg-sunken',
};

const OVER: Record<SeatKind, string> = {
  held: 'hatched border border-soon bg-soon-soft text-soon',
  this: 'hatched border border-soon bg-soon-soft text-soon motion-safe:animate-settle',
  cooling: 'hatched border border-edge text-edge',
  freed: 'border-2 border-accent border-dashed',
  free: 'border border-soon/70 border-dashed',
};

/** Words of the legend. */
export const SEAT_WORD: Record<SeatKind, string> = {
  held: 'In use',
  this: 'This device',
  cooling: 'Being released',
  freed: 'Free again',
  free: 'Free',
};
