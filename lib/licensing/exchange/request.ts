import type { Fingerprint } from '../devices/fingerprint';
import type { CodeKind } from '../dialects/code-kind';
import type { DialectId } from '../dialects/dialect-id';
import type { IsoDuration } from '../leases/duration';
import { addDuration } from '../leases/duration';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';

/** Values that survive JSON unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** What a device says of itself in a request. Stated by its holder, not verified. */
export interface DeviceDescription {
  readonly name: string;
  readonly platform: string;
  readonly hostname: string | null;
  readonly appVersion: string | null;
  readonly fingerprint: Fingerprint;
}

interface RequestBase {
  /** The dialect that opened the file. */
  readonly dialect: DialectId;
  /** The request's own id (`jti`), unique per device key. */
  readonly requestId: string;
  /** Base64url SHA-256 of the signed payload: tells the same request from another with the same id. */
  readonly payloadDigest: string;
  /** RFC 7638 thumbprint of the key that signed the request. */
  readonly deviceKey: string;
  /** Further content that only the dialect and its plugin read; null where there is none. Extends no right. */
  readonly details: Json;
}

/** A verified activation request: the signature proves possession of what `deviceKey` names, nothing more. */
export interface ActivationRequest extends RequestBase {
  readonly kind: 'activation';
  /** The device's clock when it wrote the request. Compared and reported, never relied on. Null where the request states no time. */
  readonly issuedAt: Date | null;
  /** Null where the code decides. */
  readonly productCode: string | null;
  readonly activationCode: string;
  readonly codeKind: CodeKind;
  /** Chooses among the entitlements of a bundle. */
  readonly entitlementId: string | null;
  readonly device: DeviceDescription;
  readonly requestedLease: string | null;
  /** Components of the fingerprint that must match, where the dialect and not the product says how many. */
  readonly fingerprintRequired: number | null;
  /**
   * The lifetime of `deviceKey`. A request with the key of one activation that has ended shows that a copy of the device came back; a
   * permanent name of the device shows nothing.
   */
  readonly keyIsOf: 'activation' | 'device';
  /** The public half of the key that signed the request, as a JWK: later proofs are verified with it. */
  readonly deviceJwk: Json;
  /** What the dialect needs to answer this device at any later time (native: its exchange key). Stored with the activation. */
  readonly replyTo: Json;
}

/** A verified deactivation proof: made by the holder of `deviceKey`, which is still to be compared with the activation's. */
export interface DeactivationProof extends RequestBase {
  readonly kind: 'deactivation';
  /** The device's clock when it wrote the proof. Compared and reported, never relied on. */
  readonly issuedAt: Date;
  /** Null: the newest activation made with `deviceKey`. */
  readonly activationId: string | null;
  /** The last lease the device applied. */
  readonly leaseSequence: number;
  /** Counted features used since activation. */
  readonly usage: Readonly<Record<string, number>>;
  readonly reason: string | null;
}

export type DeviceRequest = ActivationRequest | DeactivationProof;

/**
 * Compares the device's clock with the portal's where the product sets a greatest age. Without one, or where the request
 * states no time, every date is accepted (docs/formats/native.md, rules). The device's clock may be ahead by the same span.
 */
export function checkRequestAge(input: { issuedAt: Date | null; greatestAge: IsoDuration | null; now: Date }): Rejection | null {
  const { issuedAt, greatestAge, now } = input;
  if (greatestAge === null || issuedAt === null) return null;
  const span = addDuration(now, greatestAge).getTime() - now.getTime();
  const facts = { issuedAt: issuedAt.toISOString(), now: now.toISOString(), greatestAge };
  if (issuedAt.getTime() < now.getTime() - span) return reject('request-too-old', facts);
  if (issuedAt.getTime() > now.getTime() + span) return reject('request-from-the-future', facts);
  return null;
}

/** The largest difference that is reported: 68 years, the largest 32-bit integer. */
const LARGEST_SKEW_SECONDS = 2_147_483_647;

/** Computes device clock minus portal clock in whole seconds: negative when the device is behind, 0 also where it states no time. */
export function clockSkewSeconds(issuedAt: Date | null, now: Date): number {
  if (issuedAt === null) return 0;
  const skew = Math.round((issuedAt.getTime() - now.getTime()) / 1000);
  return Math.max(-LARGEST_SKEW_SECONDS, Math.min(skew, LARGEST_SKEW_SECONDS));
}
