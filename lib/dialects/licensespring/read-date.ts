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
  // 31 February is none, though it can be counted on to March.
  return Number.isNaN(at.getTime()) || written.toISOString().slice(0, 19) !== local ? null : at;
}

/** The instant of a date of HTTP (RFC 7231). Null for any other spelling, and for one that is no day. */
export function readHttpDate(text: string): Date | null {
  const groups = OF_HTTP.exec(text)?.groups;
  return groups === undefined ? null : instantOf(groups);
}

/**
 * The instant of a `date`, in one of the two spellings that applications use. The name of the weekday is not held against the day. Null for
 * anything else.
 */
export function readDate(text: string): Date | null {
  const groups = OF_SCRIPT.exec(text)?.groups;
  return groups === undefined ? readHttpDate(text) : instantOf(groups);
}
