import { z } from 'zod';
import { PLAN_TYPES } from '@/lib/licensing/entitlements/plan';
import { common, digest, exchangeKey, fingerprint, line, seconds, signingKey, uuid } from './claim-types';

/** What one proof can report of one feature. */
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
