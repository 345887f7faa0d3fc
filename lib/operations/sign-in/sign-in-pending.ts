import { createHmac, randomBytes } from 'node:crypto';
import { boundedText } from '@/lib/signing/bounded-text';

const TOKEN_BYTES = 32;

/** A token of {@link makePendingToken} as a browser sends it; any other text is read as null. */
export const pendingToken = boundedText(43)
  .regex(/^[\w-]{43}$/)
  .nullable()
  .catch(null);

/** Makes the token that a browser holds while its sign-in waits, for the second factor or for a choice: 256 random bits as base64url. */
export function makePendingToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Keyed digest under which a waiting sign-in is stored, so that a reader of the database cannot complete it. */
export function digestPendingToken(key: Uint8Array, token: string): string {
  return createHmac('sha256', key).update(`pending sign-in:${token}`).digest('base64url');
}
