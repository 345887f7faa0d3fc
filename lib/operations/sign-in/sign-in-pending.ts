import { createHmac, randomBytes } from 'node:crypto';
import { boundedText } from '@/lib/signing/bounded-text';

const TOKEN_BYTES = 32;

/** What {@link makePendingToken} makes, as a browser sends it; what cannot be one is null. */
export const pendingToken = boundedText(43)
  .regex(/^[\w-]{43}$/)
  .nullable()
  .catch(null);

/** Makes what a browser keeps while its sign-in waits, for the second factor or for a choice: 256 random bits as base64url. */
export function makePendingToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Keyed digest under which a waiting sign-in is stored, so that who reads the database cannot go on with it. */
export function digestPendingToken(key: Uint8Array, token: string): string {
  return createHmac('sha256', key).update(`pending sign-in:${token}`).digest('base64url');
}
