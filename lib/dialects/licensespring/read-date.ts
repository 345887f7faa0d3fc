const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Fri, 29 Aug 2025 07:22:37 GMT` (RFC 7231 section 7.1.1.1). */
const OF_HTTP = /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/;
/** `Fri Aug 29 2025 07:22:37 GMT+0000`, with or without the name of the zone behind it. */
const OF_SCRIPT =
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>\d{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT(?<offset>[+-]\d{4})(?: \([^()]{1,60}\))?$/;

function instantOf(groups: Readonly<Record<string, string | undefined>>): Date | null {
  const { day = '', month = '', year = '', time = '', offset = '+0000' } = groups;
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  const local = `${year}-${number}-${day}T${time}`;
  const at = new Date(`${local}.000${offset.slice(0, 3)}:${offset.slice(3)}`);
  const written = new Date(`${local}.000Z`);
  // Date.UTC would turn 31 February into a day of March.
  return Number.isNaN(at.getTime()) || written.toISOString().slice(0, 19) !== local ? null : at;
}

/** Parses an HTTP date (RFC 7231); null for any other form, and for a day that does not exist. */
export function readHttpDate(text: string): Date | null {
  const groups = OF_HTTP.exec(text)?.groups;
  return groups === undefined ? null : instantOf(groups);
}

/**
 * Parses a `date` in one of the two forms that applications use; null for anything else. The name of the weekday is not checked.
 */
export function readDate(text: string): Date | null {
  const groups = OF_SCRIPT.exec(text)?.groups;
  return groups === undefined ? readHttpDate(text) : instantOf(groups);
}
