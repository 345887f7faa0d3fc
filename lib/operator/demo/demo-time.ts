const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** An instant some days before another. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

/** Spreads the events of one day over its hours, deterministically by index. */
export function atSomeHour(at: Date, index: number): Date {
  return new Date(at.getTime() - ((index * 37) % 400) * MINUTE_MS);
}
