import type { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { decodeSegment, isCanonicalSegment } from './segment';
import { parseStrictJsonBytes, StrictJsonError } from './strict-json';
import { TokenError } from './token-error';

/**
 * Reads a protected header against its list of members. The list is all there is: `zip`, `crit`, `jku`, `x5u` and everything unknown is
 * refused by name (RFC 8725 section 3.1).
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
