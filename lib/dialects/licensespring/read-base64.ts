import { reject } from '@/lib/licensing/refusals/rejection';
import { DialectError } from '../dialect';

const STANDARD = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Decodes padded standard base64 (RFC 4648 section 4) in canonical form: no other alphabet, no missing padding, no bits left over. Null for
 * anything else.
 */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !STANDARD.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** Joins the lines of a file: removes a byte order mark, and white space where mail wrapped it. */
export function joinLines(text: string): string {
  return text.replace(/[\s\uFEFF]+/g, '');
}

/** Decodes the content of a file of this dialect. @throws DialectError file-not-base64 */
export function readBase64(text: string): Uint8Array {
  const bytes = decodeBase64(joinLines(text));
  if (bytes === null) throw new DialectError(reject('file-not-base64'));
  return bytes;
}
