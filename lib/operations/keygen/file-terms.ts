import { z } from 'zod';
import { LICENCE_INCLUDES, MACHINE_INCLUDES, SAFEST_INCLUDES } from '@/lib/dialects/keygen/licence-details';
import type { FileAlgorithm } from '@/lib/dialects/keygen/scheme';
import { FILE_ALGORITHMS, SIGNATURE_ALGORITHMS } from '@/lib/dialects/keygen/scheme';
import type { Json } from '@/lib/licensing/exchange/request';
import type { IsoDuration } from '@/lib/licensing/leases/duration';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Result } from '../operation';
import { done, refuse } from '../operation';
import type { KeygenPolicy } from './keygen-policy';
import { GREATEST_TTL_SECONDS, LEAST_TTL_SECONDS } from './keygen-policy';

/** Options that the actor asks of a file, unchecked. Omitted ones follow the policy. */
export const fileOptionsInput = z.object({
  ttlSeconds: z.number().optional(),
  algorithm: z.string().max(100).optional(),
  include: z.array(z.string().max(100)).max(50).optional(),
});

export type FileOptions = z.output<typeof fileOptionsInput>;

/** The options as JSON for a refresh or a request. */
export function askedJson({ ttlSeconds, algorithm, include }: FileOptions): Json {
  return {
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(include === undefined ? {} : { include }),
  };
}

/** The checked terms of one file. */
export interface FileTerms<Include extends string> {
  /** Null: as long as the lease rule of the entitlement allows. */
  readonly ttlSeconds: number | null;
  readonly algorithm: FileAlgorithm;
  readonly include: readonly Include[];
}

type LicenceTerms = FileTerms<(typeof LICENCE_INCLUDES)[number]>;
type MachineTerms = FileTerms<(typeof MACHINE_INCLUDES)[number]>;

/** Checks the options of a licence file against the policy. @returns the terms, or keygen-ttl-refused, keygen-algorithm-unknown, keygen-include-unknown */
export function licenceTerms(asked: FileOptions, policy: KeygenPolicy): Result<LicenceTerms> {
  return termsOf(asked, { policy, known: LICENCE_INCLUDES, usual: policy.licenceIncludes, always: [] });
}

/** Checks the options of a machine file, which always includes the licence and its entitlements. @returns as {@link licenceTerms} */
export function machineTerms(asked: FileOptions, policy: KeygenPolicy): Result<MachineTerms> {
  return termsOf(asked, { policy, known: MACHINE_INCLUDES, usual: policy.machineIncludes, always: SAFEST_INCLUDES });
}

function termsOf<Include extends string>(
  asked: FileOptions,
  by: { policy: KeygenPolicy; known: readonly Include[]; usual: readonly Include[]; always: readonly Include[] },
): Result<FileTerms<Include>> {
  const { policy, known, usual, always } = by;
  const { ttlSeconds = policy.ttlSeconds, include = usual } = asked;
  const ttlRefused = ttlSeconds === null ? null : refuseTtl(ttlSeconds);
  if (ttlRefused !== null) return refuse(ttlRefused);
  const algorithm = algorithmOf(asked.algorithm, policy);
  if (algorithm === undefined) {
    const facts = { found: (asked.algorithm ?? '').slice(0, 60), known: FILE_ALGORITHMS.join(', ') };
    return refuse(reject('keygen-algorithm-unknown', facts));
  }
  const unknown = include.find((name) => !known.some((each) => each === name));
  if (unknown !== undefined) {
    return refuse(reject('keygen-include-unknown', { found: unknown.slice(0, 60), known: known.join(', ') }));
  }
  const wanted = new Set<string>([...always, ...include]);
  return done({ ttlSeconds, algorithm, include: known.filter((name) => wanted.has(name)) });
}

function refuseTtl(seconds: number): Rejection | null {
  if (Number.isInteger(seconds) && seconds >= LEAST_TTL_SECONDS && seconds <= GREATEST_TTL_SECONDS) return null;
  return reject('keygen-ttl-refused', { found: seconds, least: LEAST_TTL_SECONDS, greatest: GREATEST_TTL_SECONDS });
}

/** Finds an algorithm by its full name, or by its signature algorithm alone; then the policy decides on encryption. */
function algorithmOf(asked: string | undefined, { algorithm, encrypted }: KeygenPolicy): FileAlgorithm | undefined {
  const encoding = encrypted ? 'aes-256-gcm' : 'base64';
  if (asked === undefined) return `${encoding}+${algorithm}`;
  const signature = SIGNATURE_ALGORITHMS.find((name) => name === asked);
  return signature === undefined ? FILE_ALGORITHMS.find((name) => name === asked) : `${encoding}+${signature}`;
}

/** Converts seconds to an ISO 8601 duration, as lease requests use. */
export function durationOf(seconds: number): IsoDuration {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds % 86_400;
  return `P${days > 0 ? `${days}D` : ''}${rest > 0 || days === 0 ? `T${rest}S` : ''}`;
}
