import { z } from 'zod';
import { LICENCE_INCLUDES, MACHINE_INCLUDES, SAFEST_INCLUDES } from '@/lib/dialects/keygen/licence-details';
import { KEY_SCHEMES, SIGNATURE_ALGORITHMS } from '@/lib/dialects/keygen/scheme';

/** Where a fingerprint is unique: no two machines with it can be active. */
const FINGERPRINT_RANGES = ['licence', 'product', 'vendor'] as const;

/** One month: how long files last by default. */
const USUAL_TTL_SECONDS = 2_629_746;

/** Limits of the time to live of a file, in whole seconds: an hour and a hundred years. */
export const LEAST_TTL_SECONDS = 3600;
export const GREATEST_TTL_SECONDS = 3_155_695_200;

const ttlSeconds = z
  .int('expected whole seconds')
  .min(LEAST_TTL_SECONDS, 'expected an hour (3600) at least')
  .max(GREATEST_TTL_SECONDS, 'expected a hundred years at most');

/** Text of keys or proofs instead of the default dataset. */
const template = z.string().min(1, 'expected some text').max(2000, 'expected 2000 characters at most');

const unique = <Item>(items: readonly Item[]) => [...new Set(items)];
const licenceIncludes = z.array(z.enum(LICENCE_INCLUDES)).transform(unique);
const machineIncludes = z.array(z.enum(MACHINE_INCLUDES)).transform(unique);
export const keyScheme = z.enum(KEY_SCHEMES);

const policy = z.strictObject({
  /** Of licence keys. Null: plain keys, without a dataset and a signature. */
  scheme: keyScheme.nullable().default('ED25519_SIGN'),
  /** Null: as long as the lease rule of the entitlement allows. */
  ttlSeconds: ttlSeconds.nullable().default(USUAL_TTL_SECONDS),
  /** The signature algorithm of files. */
  algorithm: z.enum(SIGNATURE_ALGORITHMS).default('ed25519'),
  encrypted: z.boolean().default(true),
  licenceIncludes: licenceIncludes.default(['entitlements', 'product', 'policy']),
  /** In addition to what every machine file includes. */
  machineIncludes: machineIncludes.default([...SAFEST_INCLUDES]),
  keyTemplate: template.nullable().default(null),
  proofTemplate: template.nullable().default(null),
  fingerprintUniqueIn: z.enum(FINGERPRINT_RANGES).default('licence'),
  /** Validation of a key requires the fingerprint of a machine. */
  needsFingerprint: z.boolean().default(false),
  /** Guests may hand in the unsigned device text, without signing in. */
  guests: z.boolean().default(false),
  /** Activation proofs can be made. A proof never expires, so a machine can run on it after its seat was released. */
  proofs: z.boolean().default(false),
  /** Each entitlement gets its licence key when it is created; otherwise at the first `keygen.issue-key`. */
  makesKeys: z.boolean().default(true),
});

/** How an offering is served to software built for Keygen. The defaults suit all published clients. */
export const keygenPolicy = z.compile(policy);

export type KeygenPolicy = z.output<typeof keygenPolicy>;

/** The policy of an offering without one. */
const USUAL_POLICY: KeygenPolicy = keygenPolicy.parse({});

/** Parsed policies by their row: one decision needs its policy several times. */
const parsed = new WeakMap<object, KeygenPolicy>();

/** The policy of an entitlement, parsed from its offering's row. */
export function policyOf({ policy }: { readonly policy: object | null }): KeygenPolicy {
  if (policy === null) return USUAL_POLICY;
  const known = parsed.get(policy);
  if (known !== undefined) return known;
  const read = keygenPolicy.parse(policy);
  parsed.set(policy, read);
  return read;
}
