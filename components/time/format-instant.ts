/** `day`: 12 Dec 2026. `minute`: 12 Dec 2026, 14:05. */
export type InstantPrecision = 'day' | 'minute';

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const MINUTE: Intl.DateTimeFormatOptions = { ...DAY, hour: '2-digit', minute: '2-digit' };

/** An instant in the reader's own zone and language. Only in the browser: a server does not know them. */
export function formatLocal(at: Date, precision: InstantPrecision): string {
  return new Intl.DateTimeFormat(undefined, precision === 'day' ? DAY : MINUTE).format(at);
}

/** An instant in UTC, for the HTML from the server. The zone is named wherever a time of day is. */
export function formatUtc(at: Date, precision: InstantPrecision): string {
  if (precision === 'day') return new Intl.DateTimeFormat('en-GB', { ...DAY, timeZone: 'UTC' }).format(at);
  return `${new Intl.DateTimeFormat('en-GB', { ...MINUTE, timeZone: 'UTC' }).format(at)} UTC`;
}

/** The exact instant: "2026-12-12 14:05:09 UTC". */
export function formatExact(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
