import { createHash } from 'node:crypto';
import type { JsonValue } from './canonical-json';
import { canonicalJson } from './canonical-json';

/** The chain of entries that belong to no customer. A customer's chain has the customer's id as its name. */
export const VENDOR_CHAIN = 'vendor';

function digest(value: JsonValue): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}

/** Computes the hash before the first entry of a chain: it names the chain, so that no entry fits into another one (docs/formats/audit.md). */
export function firstHash(input: { readonly vendorId: string; readonly chain: string }): string {
  return digest({ chain: input.chain, format: 'airgate-audit-1', vendor_id: input.vendorId });
}

/** Computes the hash of an entry: over its sequence, the previous hash and its whole content (docs/formats/audit.md). */
export function entryHash(input: { readonly previous: string; readonly sequence: number; readonly entry: JsonValue }): string {
  const { previous, sequence, entry } = input;
  return digest({ entry, previous, sequence });
}
