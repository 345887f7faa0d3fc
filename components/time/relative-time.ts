const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Units with the span up to which each is used. Days are used beyond a quarter of a year, since leases are counted in days. */
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number, number][] = [
  ['minute', MINUTE, HOUR],
  ['hour', HOUR, 2 * DAY],
  ['day', DAY, 100 * DAY],
  ['month', 30.44 * DAY, 24 * 30.44 * DAY],
  ['year', 365.25 * DAY, Number.POSITIVE_INFINITY],
];

const WORDS = new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' });

/** Formats the distance between two instants: "in 12 days", "3 hours ago", "now". */
export function relativeTime(at: Date, now: Date): string {
  const distance = at.getTime() - now.getTime();
  const size = Math.abs(distance);
  if (size < MINUTE) return 'now';
  const step = STEPS.find(([, , limit]) => size < limit);
  if (step === undefined) return 'now';
  const [unit, span] = step;
  return WORDS.format(Math.sign(distance) * Math.max(1, Math.floor(size / span)), unit);
}
