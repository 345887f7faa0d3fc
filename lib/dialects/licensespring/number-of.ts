import { createHash } from 'node:crypto';

/** The number that stands for a row in files: the first 52 bits of the SHA-256 of its id. Always the same, and below 2^53. */
export function numberOf(id: string): number {
  const digest = createHash('sha256').update(id).digest();
  return Number(digest.readBigUInt64BE() >> 12n);
}
