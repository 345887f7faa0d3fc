import { createHmac, randomInt } from 'node:crypto';
import { normalise } from '@/lib/signing/bounded-text';

const CODE_DIGITS = 6;
/** Room for spaces and dashes around the digits. */
const LONGEST_TYPED = 100;

/** Makes a one-time code: six digits, evenly spread. */
export function makeSignInCode(): string {
  return randomInt(10 ** CODE_DIGITS)
    .toString()
    .padStart(CODE_DIGITS, '0');
}

/** Parses a code as people type it, with spaces or dashes, to its six digits; null for any other text. */
export function parseTypedCode(typed: string): string | null {
  const digits = normalise(typed, { form: 'NFKC', max: LONGEST_TYPED })?.replace(/[\s-]/g, '') ?? '';
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** Keyed digest of a code, bound to its row: the same code in another row has another digest. */
export function digestSignInCode(key: Uint8Array, { id, code }: { id: string; code: string }): string {
  return createHmac('sha256', key).update(`${id}:${code}`).digest('base64url');
}
