import { z } from 'zod';
import type { PublicJwk } from '../jwk';
import { isSigningJwk, publicHalf, thumbprintOf } from '../jwk';
import type { JsonValue } from './canonical-json';
import { canonicalJson } from './canonical-json';

const rootKey = z.record(z.string(), z.json()).transform((jwk, context): PublicJwk => {
  const half = publicHalf(jwk);
  if (half !== null && isSigningJwk(half)) return half;
  context.addIssue({ code: 'custom', message: 'expected a public key that can sign' });
  return z.NEVER;
});

const header = z.strictObject({
  kind: z.literal('header'),
  format: z.literal('airgate-audit-1'),
  chain: z.string(),
  vendor_id: z.string(),
  root_key: rootKey,
  root_key_thumbprint: z.string(),
});

const entryLine = z.strictObject({
  kind: z.literal('entry'),
  sequence: z.int(),
  hash: z.string(),
  entry: z.record(z.string(), z.json()),
});

const checkpointLine = z.strictObject({ kind: z.literal('checkpoint'), token: z.string() });

const line = z.discriminatedUnion('kind', [header, entryLine, checkpointLine]);

/** A line of an export (docs/formats/audit.md). */
export type ExportLine = z.output<typeof line>;
export type ExportHeader = z.output<typeof header>;

/** Writes the first line of an export. */
export function headerLine(input: { vendorId: string; chain: string; rootKey: PublicJwk }): string {
  return canonicalJson({
    kind: 'header',
    format: 'airgate-audit-1',
    chain: input.chain,
    vendor_id: input.vendorId,
    root_key: { ...input.rootKey },
    root_key_thumbprint: thumbprintOf(input.rootKey),
  });
}

/** Writes the line of an entry with its audit seal. */
export function sealedLine(input: { sequence: number; hash: string; entry: JsonValue }): string {
  return canonicalJson({ kind: 'entry', ...input });
}

/** Writes the line of a checkpoint, which follows the last entry it vouches for. */
export function tokenLine(token: string): string {
  return canonicalJson({ kind: 'checkpoint', token });
}

/** Parses a line; null for anything but the canonical text of its value, so that no changed byte goes unnoticed. */
export function readLine(text: string): ExportLine | null {
  const found = line.safeParse(parse(text));
  if (!found.success) return null;
  return canonicalJson(found.data) === text ? found.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
