/**
 * The event id of an error that Next.js numbered itself (`digest`, a 32-bit number in decimal): the same number in eight hex digits, so
 * that log and page agree. Null for an error without one.
 */
export function eventIdOf(error: unknown): string | null {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : undefined;
  const number = typeof digest === 'string' ? /^\d+/.exec(digest)?.[0] : undefined;
  return number === undefined ? null : (Number(number) >>> 0).toString(16).padStart(8, '0');
}
