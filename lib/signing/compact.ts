import type { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { parseStrictJsonBytes, StrictJsonError } from './strict-json';
import { TokenError } from './token-error';

/**
 * Parses a protected header against its list of members. Every other member is refused: `zip`, `crit`, `jku`, `x5u` and any unknown one,
 * by name (RFC 8725 section 3.1).
 *
 * @throws TokenError token-malformed, token-header-refused
 */
export function readHeader<Schema extends z.ZodObject>(segment: string, schema: Schema): z.output<Schema> {
  if (!isCanonicalSegment(segment)) throw new TokenError(reject('token-malformed'));
  const value = parseHeader(segment);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TokenError(reject('token-malformed'));
  const unknownMember = Object.keys(value).find((member) => !Object.hasOwn(schema.shape, member));
  if (unknownMember !== undefined) throw new TokenError(reject('token-header-refused', { member: unknownMember.slice(0, 40) }));
  const header = schema.safeParse(value);
  if (!header.success)
    throw new TokenError(reject('token-header-refused', { member: String(header.error.issues[0]?.path[0] ?? 'unknown') }));
  return header.data;
}

function parseHeader(segment: string): unknown {
  try {
    return parseStrictJsonBytes(decodeSegment(segment), { maxDepth: 3 });
  } catch (cause) {
    if (!(cause instanceof StrictJsonError)) throw cause;
    if (cause.problem.startsWith('not ')) throw new TokenError(reject('token-malformed'), { cause });
    throw new TokenError(reject('token-header-refused', { member: cause.problem }), { cause });
  }
}

const ALPHABET = /^[A-Za-z0-9_-]+$/;
/** The last characters that leave no bits over, by the number of characters after whole groups of four. One such character is never valid. */
const LAST_OF_REST = [/$/, /(?!)/, /[AQgw]$/, /[AEIMQUYcgkosw048]$/] as const;

/** Checks whether a segment is canonical base64url: right alphabet, no padding, re-encodes to itself (RFC 4648 section 3.5). Empty is not. */
export function isCanonicalSegment(segment: string): boolean {
  const rest = LAST_OF_REST[(segment.length & 3) as 0 | 1 | 2 | 3];
  return ALPHABET.test(segment) && rest.test(segment.slice(-1));
}

/** Decodes a canonical segment. */
export function decodeSegment(segment: string): Uint8Array {
  return Buffer.from(segment, 'base64url');
}

/** Encodes bytes, or the UTF-8 of a text, as a canonical segment. */
export function encodeSegment(content: string | Uint8Array): string {
  const bytes =
    typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return bytes.toString('base64url');
}
