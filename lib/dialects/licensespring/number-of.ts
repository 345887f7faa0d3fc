import { createHash } from 'node:crypto';

/**
 * Computes the id of a row in files of this dialect, where ids are numbers below 2^53: the first 52 bits of the SHA-256 of its UUID. It never
 * changes, and is never zero.
 */
export function numberOf(uuid: string): number {
  const hex = createHash('sha256').update(uuid.toLowerCase()).digest('hex').slice(0, 13);
  return Math.max(1, Number.parseInt(hex, 16));
}
