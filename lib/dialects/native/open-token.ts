import type { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isActivationCode, lastFour } from '@/lib/signing/activation-code';
import type { UnverifiedJws } from '@/lib/signing/jws';
import { parseStrictJsonBytes, StrictJsonError } from '@/lib/signing/strict-json';
import { TokenError } from '@/lib/signing/token-error';
import { DialectError } from '../dialect';
import type { Armoured } from './armour';
import type { Kind } from './kind';
import { KINDS, kindOfTyp } from './kind';

/** Claims as JSON, before their schema is checked. */
export type RawClaims = Readonly<Record<string, unknown>>;

/** Runs a reader and rethrows a TokenError as a DialectError; other errors are faults and pass unchanged. */
export async function withDialectErrors<Value>(read: () => Promise<Value> | Value): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TokenError) throw new DialectError(error.rejection, { cause: error });
    throw error;
  }
}

/**
 * Checks the kind that the signed header names: it must be the one on the armour, and written by the expected side.
 *
 * @throws DialectError token-header-refused (typ), file-headers-differ (label), `otherSide` for a file of the wrong direction
 */
export function checkKind<From extends 'device' | 'portal'>(input: {
  typ: string;
  armour: Armoured;
  from: From;
  otherSide: 'file-is-an-answer' | 'answer-is-a-request';
}): Extract<Kind, From extends 'device' ? 'activation-request' | 'deactivation' : 'activation-response' | 'refresh'>;
export function checkKind(input: {
  typ: string;
  armour: Armoured;
  from: 'device' | 'portal';
  otherSide: 'file-is-an-answer' | 'answer-is-a-request';
}): Kind {
  const kind = kindOfTyp(input.typ);
  if (kind === undefined) throw new DialectError(reject('token-header-refused', { member: 'typ' }));
  if (KINDS[kind].from !== input.from) throw new DialectError(reject(input.otherSide));
  if (input.armour.kind !== null && input.armour.kind !== kind)
    throw new DialectError(reject('file-headers-differ', { header: 'BEGIN' }));
  return kind;
}

/** Parses the payload as strict JSON. Nothing in it is verified yet. @throws DialectError claims-refused */
export function readClaims(jws: UnverifiedJws): RawClaims {
  try {
    const claims = parseStrictJsonBytes(jws.payload);
    if (isObject(claims)) return claims;
  } catch (cause) {
    if (!(cause instanceof StrictJsonError)) throw cause;
    throw new DialectError(reject('claims-refused', { problem: cause.problem }), { cause });
  }
  throw new DialectError(reject('claims-refused', { problem: 'not an object' }));
}

function isObject(value: unknown): value is RawClaims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks that the claims are of version 1. @throws DialectError format-version-unknown */
export function checkVersion({ v }: RawClaims): void {
  if (v === 1) return;
  const found = typeof v === 'number' || typeof v === 'string' ? String(v).slice(0, 20) : 'none';
  throw new DialectError(reject('format-version-unknown', { found }));
}

/** Parses claims by a schema. @throws DialectError claims-refused, naming the first member that does not fit */
export function parseClaims<Schema extends z.ZodType>(schema: Schema, claims: RawClaims): z.output<Schema> {
  const parsed = schema.safeParse(claims);
  if (parsed.success) return parsed.data;
  throw new DialectError(reject('claims-refused', { problem: problemOf(parsed.error) }), { cause: parsed.error });
}

function problemOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
  return where.map(String).join('.').slice(0, 80) || 'content';
}

const MASK = '••••';

/** Masks claims for inspection: of an activation code in any place, only the last four characters remain. */
export function maskSecrets(claims: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, name === 'activation_code' ? maskCode(value) : maskIn(value)]),
  );
}

function maskCode(value: unknown): string {
  return typeof value === 'string' && value.length >= 12 ? `${MASK} ${lastFour(value)}` : MASK;
}

function maskIn(value: unknown): unknown {
  if (typeof value === 'string') return isActivationCode(value) ? maskCode(value) : value;
  if (Array.isArray(value)) return value.map(maskIn);
  if (typeof value === 'object' && value !== null) return maskSecrets({ ...value });
  return value;
}
