import type { Fingerprint } from '../devices/fingerprint';
import type { Feature } from '../entitlements/entitlement';
import type { PlanType } from '../entitlements/plan';
import type { Lease } from '../leases/lease';
import type { Json } from './request';

/** What an entitlement grants, as carried in a lease. */
export interface LicensedRights {
  readonly entitlementId: string;
  readonly productCode: string;
  readonly offeringCode: string;
  readonly planType: PlanType;
  readonly features: readonly Feature[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly termEndsAt: Date | null;
  readonly maintenanceEndsAt: Date | null;
  readonly seats: number;
}

/** An answer to a device, before a dialect turns it into signed bytes. */
export interface Reply {
  readonly kind: 'activation-response' | 'refresh';
  /** Unique id of this reply (`jti`). */
  readonly replyId: string;
  readonly vendorId: string;
  readonly activationId: string;
  /** The request this answers; null in a refresh. */
  readonly inResponseTo: string | null;
  /** Thumbprint of the device's signing key: the audience. */
  readonly deviceKey: string;
  readonly deviceName: string;
  /** As the dialect left it in {@link ActivationRequest.replyTo}. */
  readonly replyTo: Json;
  readonly lease: Lease;
  readonly rights: LicensedRights;
  /** Null: left out, because the request was submitted without signing in. */
  readonly customerName: string | null;
  readonly fingerprint: Fingerprint;
  readonly fingerprintRequired: number;
  readonly serverTime: Date;
  /** Device clock minus portal clock, in whole seconds, as seen in the last request. */
  readonly clockSkewSeconds: number;
  /** Further content of the dialect's own format; null where there is none. */
  readonly details: Json;
}

/** A reply as a file. The text is final: it is stored and handed out byte for byte. */
export interface SealedFile {
  readonly fileName: string;
  readonly text: string;
}
