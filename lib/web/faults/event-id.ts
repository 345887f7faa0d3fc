/**
 * Gets the event id of an error from the `digest` of Next.js, a 32-bit decimal number: the same number in eight hex digits, so that log and
 * page agree. Null for an error without a digest.
 */
export function eventIdOf(error: unknown): string | null {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : undefined;
  const number = typeof digest === 'string' ? /^\d+/.exec(digest)?.[0] : undefined;
  return number === undefined ? null : (Number(number) >>> 0).toString(16).padStart(8, '0');
}
