import { z } from 'zod';
import { LICENCE_INCLUDES, MACHINE_INCLUDES, SAFEST_INCLUDES } from '@/lib/dialects/keygen/licence-details';
import { KEY_SCHEMES, SIGNATURE_ALGORITHMS } from '@/lib/dialects/keygen/scheme';

/** Among which machines a fingerprint may be activated once only. */
const FINGERPRINT_RANGES = ['licence', 'product', 'vendor'] as const;

/** A month, which files last unless somebody says otherwise. */
const USUAL_TTL_SECONDS = 2_629_746;

/** How long a file may be asked to last, in whole seconds: from an hour to a hundred years. */
export const LEAST_TTL_SECONDS = 3600;
export const GREATEST_TTL_SECONDS = 3_155_695_200;

const ttlSeconds = z
  .int('expected whole seconds')
  .min(LEAST_TTL_SECONDS, 'expected an hour (3600) at least')
  .max(GREATEST_TTL_SECONDS, 'expected a hundred years at most');

/** What keys or proofs say instead of the default dataset. */
const template = z.string().min(1, 'expected some text').max(2000, 'expected 2000 characters at most');

const unique = <Item>(items: readonly Item[]) => [...new Set(items)];
const licenceIncludes = z.array(z.enum(LICENCE_INCLUDES)).transform(unique);
const machineIncludes = z.array(z.enum(MACHINE_INCLUDES)).transform(unique);
export const keyScheme = z.enum(KEY_SCHEMES);

const policy = z.strictObject({
  /** Of licence keys; null: plain keys, which say nothing. */
  scheme: keyScheme.nullable().default('ED25519_SIGN'),
  /** Null: as long as the lease rule of the entitlement lets. */
  ttlSeconds: ttlSeconds.nullable().default(USUAL_TTL_SECONDS),
  /** What files are signed with. */
  algorithm: z.enum(SIGNATURE_ALGORITHMS).default('ed25519'),
  encrypted: z.boolean().default(true),
  licenceIncludes: licenceIncludes.default(['entitlements', 'product', 'policy']),
  /** Beside what is always there. */
  machineIncludes: machineIncludes.default([...SAFEST_INCLUDES]),
  keyTemplate: template.nullable().default(null),
  proofTemplate: template.nullable().default(null),
  fingerprintUniqueIn: z.enum(FINGERPRINT_RANGES).default('licence'),
  /** A key is called valid for a machine only. */
  needsFingerprint: z.boolean().default(false),
  /** The unsigned text that a device shows is taken from whoever brings it, without signing in. */
  guests: z.boolean().default(false),
  /** Activation proofs are made. A proof has no end, so whoever keeps one keeps a seat that was released. */
  proofs: z.boolean().default(false),
  /** Each entitlement gets its licence key when it is made; otherwise when one is first asked for. */
  makesKeys: z.boolean().default(true),
});

/** How an offering is served to software built for Keygen. What is left out is what all published clients read. */
export const keygenPolicy = z.compile(policy);

export type KeygenPolicy = z.output<typeof keygenPolicy>;

/** The policy of an offering that names none. */
const USUAL_POLICY: KeygenPolicy = keygenPolicy.parse({});

/** Policies as they were read: one decision asks several times. */
const parsed = new WeakMap<object, KeygenPolicy>();

/** The policy that an entitlement is served by. */
export function policyOf({ policy }: { readonly policy: object | null }): KeygenPolicy {
  if (policy === null) return USUAL_POLICY;
  const known = parsed.get(policy);
  if (known !== undefined) return known;
  const read = keygenPolicy.parse(policy);
  parsed.set(policy, read);
  return read;
}
