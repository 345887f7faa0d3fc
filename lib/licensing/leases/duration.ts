/** An ISO 8601 duration, such as `P90D`, `P1Y6M` or `PT12H`. Weeks and fractions of a second are not used. */
export type IsoDuration = string;

const PATTERN =
  /^P(?=\d|T\d)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?$/;

interface Parts {
  months: number;
  seconds: number;
}

function parse(text: string): Parts | null {
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return {
    months: (years ?? 0) * 12 + (months ?? 0),
    seconds: ((weeks ?? 0) * 7 + (days ?? 0)) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0),
  };
}

/** Checks whether a text is a duration that this product can add to an instant, and longer than zero. */
export function isDuration(text: string): text is IsoDuration {
  const parts = parse(text);
  return parts !== null && (parts.months > 0 || parts.seconds > 0);
}

/**
 * Adds a duration to an instant, in UTC. Months are calendar months; a day that the target month lacks becomes its last day
 * (31 January + P1M = 28 or 29 February).
 *
 * @throws RangeError when the text is not a duration, or the result is past what a date can hold.
 */
export function addDuration(at: Date, duration: IsoDuration): Date {
  const parts = parse(duration);
  if (parts === null) throw new RangeError(`expected an ISO 8601 duration such as P90D, found ${JSON.stringify(duration)}`);
  const shifted = new Date(at);
  const day = shifted.getUTCDate();
  shifted.setUTCDate(1);
  shifted.setUTCMonth(shifted.getUTCMonth() + parts.months);
  const daysInMonth = new Date(Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth() + 1, 0)).getUTCDate();
  shifted.setUTCDate(Math.min(day, daysInMonth));
  const result = new Date(shifted.getTime() + parts.seconds * 1000);
  if (Number.isNaN(result.getTime())) throw new RangeError(`${duration} after ${at.toISOString()} is past the last date`);
  return result;
}
