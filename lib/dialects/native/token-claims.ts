import { z } from 'zod';
import { PLAN_TYPES } from '@/lib/licensing/entitlements/plan';
import { boundedText } from '@/lib/signing/bounded-text';
import { isBase64urlOf, isSigningJwk, publicHalf } from '@/lib/signing/jwk';
import { canAgree } from '@/lib/signing/key-pair';

/** Control characters, line separators and marks that turn the direction of writing: none of them belongs in a name. */
const NOT_IN_NAMES = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** A schema for one line of text of up to `max` characters. Five hyphens would look like armour. */
export function line(max: number) {
  return boundedText(max)
    .min(1)
    .refine((text) => !NOT_IN_NAMES.test(text) && !text.includes('-----'), 'expected one line of plain text');
}

/** Seconds since 1970 UTC, up to the end of the year 9999. */
export const seconds = z.int().min(0).max(253_402_300_799);

const uuid = boundedText(36).regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** 32 bytes as canonical base64url: a SHA-256 digest or an RFC 7638 thumbprint. */
export const digest = boundedText(43).refine((text) => isBase64urlOf(32, text), 'expected base64url of 32 bytes');

/** A public key with the members of its type and no other: one with a private member is refused. */
function publicKey(isAllowed: (jwk: NonNullable<ReturnType<typeof publicHalf>>) => boolean) {
  return z.record(z.string(), z.unknown()).transform((jwk, context) => {
    const half = publicHalf(jwk);
    if (half !== null && Object.keys(half).length === Object.keys(jwk).length && isAllowed(half)) return half;
    context.addIssue({ code: 'custom', message: 'expected a public key' });
    return z.NEVER;
  });
}

export const signingKey = publicKey(isSigningJwk);
/** A public key to encrypt to: a point on its curve, not of small order. */
export const exchangeKey = publicKey(canAgree);

const fingerprint = z.strictObject({
  version: z.int().min(1).max(1_000_000),
  components: z
    .record(boundedText(32).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/), digest)
    .refine((components) => Object.keys(components).length <= 32, 'expected 32 components at most'),
});

/** The claims of every token of this format, in the members of RFC 7519. */
const common = {
  v: z.literal(1),
  iss: line(200),
  aud: line(200),
  iat: seconds,
  jti: uuid,
  /** Extensions by a vendor. `device` and `product` are shown in the header lines of files whose claims do not name them. */
  ext: z.record(z.string().max(100), z.unknown()).optional(),
};

/** The greatest count that one proof can report of one feature. */
const LARGEST_USAGE = 1_000_000_000_000;

const request = z.strictObject({
  ...common,
  iss: digest,
  product: line(100),
  activation_code: line(200),
  entitlement: line(100).optional(),
  device: z.strictObject({
    name: line(100),
    platform: line(100),
    hostname: line(253).optional(),
    app_version: line(100).optional(),
    fingerprint,
  }),
  cnf: z.strictObject({ jwk: signingKey }),
  exchange_jwk: exchangeKey,
  requested_lease: line(40).optional(),
});

const proof = z.strictObject({
  ...common,
  iss: digest,
  sub: uuid,
  lease_sequence: z.int().min(1),
  usage: z.record(line(100), z.int().min(0).max(LARGEST_USAGE)).optional(),
  reason: line(500).optional(),
});

const replyBase = {
  ...common,
  aud: digest,
  sub: line(100),
  exp: seconds,
  lease: z.strictObject({
    sequence: z.int().min(1),
    starts_at: seconds,
    ends_at: seconds,
    grace_ends_at: seconds.optional(),
  }),
  entitlement: z.strictObject({
    id: line(100),
    product: line(100),
    offering: line(100),
    type: z.enum(PLAN_TYPES),
    /** On-off features as booleans, counted ones as their limit. */
    features: z.record(line(100), z.union([z.boolean(), z.int().min(0)])),
    attributes: z.record(line(100), z.string().max(2000)),
    term_ends_at: seconds.optional(),
    maintenance_ends_at: seconds.optional(),
    seats: z.int().min(0),
  }),
  customer: z.strictObject({ name: line(300) }).optional(),
  fingerprint: fingerprint.extend({ required: z.int().min(0).max(32) }),
  exchange_jwk: exchangeKey,
  server_time: seconds,
  clock_skew_seconds: z.int(),
};

type Times = Pick<z.output<z.ZodObject<typeof replyBase>>, 'exp' | 'lease'>;

function areTimesInOrder({ exp, lease }: Times): boolean {
  return lease.starts_at <= lease.ends_at && lease.ends_at <= (lease.grace_ends_at ?? lease.ends_at) && exp === lease.ends_at;
}

const outOfOrder = { path: ['lease'], message: 'expected starts_at <= ends_at <= grace_ends_at, and exp to be ends_at' };

/** Activation request, device to portal (docs/formats/native.md, claims). */
export const requestClaims = z.compile(request);

/** Deactivation proof, device to portal. */
export const proofClaims = z.compile(proof);

/** Activation response, portal to device. */
export const responseClaims = z.compile(
  z.strictObject({ ...replyBase, in_response_to: uuid }).refine(areTimesInOrder, outOfOrder),
);

/** Refresh, portal to device: no request is needed. */
export const refreshClaims = z.compile(z.strictObject(replyBase).refine(areTimesInOrder, outOfOrder));

export type RequestClaims = z.output<typeof requestClaims>;
export type ProofClaims = z.output<typeof proofClaims>;
export type ReplyClaims = z.output<typeof refreshClaims> & { readonly in_response_to?: string };
