import type { Writing } from '@/db/audit/insert-audited';
import type { OfferingRow } from '@/db/catalogue/manage-catalogue';
import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { Scope } from '@/db/scope';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Term } from '@/lib/licensing/entitlements/entitlement';
import type { Issue } from '@/lib/licensing/exchange/decision';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type { ActivationRequest, DeviceDescription, DeviceRequest, Json } from '@/lib/licensing/exchange/request';
import type { LeaseTerms } from '@/lib/licensing/leases/lease';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { Signing } from '@/lib/signing/signing-turns';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import type { Result } from '../operation';

/**
 * The subject of one evaluation, a request or a refresh: built once and passed to each hook. Members of type `Json` belong to the dialect, which
 * parses them with its own schemas.
 */
export interface HookCase {
  readonly dialect: DialectId;
  readonly keys: Keys;
  readonly now: Date;
  /** Null in a refresh. */
  readonly request: DeviceRequest | null;
  readonly deviceKey: string;
  /** Of the device, from the request, or in a refresh from the last one. */
  readonly fingerprint: Fingerprint;
  readonly entitlement: EntitlementRow;
  /** State of the dialect that was stored with the activation by the last answer; null in an activation request. */
  readonly storedState: Json;
  /** State of the dialect about the entitlement, where it was read together with the activation; null otherwise. */
  readonly dialectState: Json;
  /** Options that the actor asks of a refresh; null without options, and for a request. */
  readonly refreshOptions: Json;
}

/** An activation whose answer is about to be sealed. */
export interface AnsweredActivation {
  readonly activationId: string;
  /** When the activation was made. */
  readonly activatedAt: Date;
  readonly deviceId: string;
  /** As described after this answer. */
  readonly device: Pick<DeviceDescription, 'name' | 'platform' | 'hostname'>;
  readonly decision: Issue;
  /** State of the dialect, to be stored with the activation. */
  readonly storedState: Json;
}

/** A request for a bundle. */
export interface BundleCase {
  readonly request: ActivationRequest;
  readonly requestKey: string;
  readonly keys: Keys;
  readonly scope: Scope;
}

/** One entitlement of a bundle, as a request of its own. */
export interface BundleLine {
  readonly request: ActivationRequest;
  readonly requestKey: string;
}

/** Handles requests for several entitlements at once. */
export interface BundleHooks {
  /** Whether the request itself asks for a bundle. Other requests may name a bundle as their product. */
  isAskedBy(request: ActivationRequest): boolean;
  /** Finds the entitlements that the request asks for. @returns the lines, or the rejection when there are none */
  findLines(context: ActingContext, input: BundleCase): Promise<readonly BundleLine[] | Rejection>;
  /** Seals the replies of all lines as one file. */
  seal(replies: readonly Reply[], keys: Keys, signing: Signing): Promise<SealedFile>;
}

/** Terms of a dialect for a seat that is being returned. */
export interface ReturnTerms {
  /** Another device may take the seat. */
  readonly mayMove: boolean;
  /** How many activations had been given up when the terms were read. Another number makes them stale. */
  readonly givenUp: number;
}

/** An entitlement that is about to be created. */
export interface NewEntitlementCase {
  readonly id: string;
  readonly customerId: string;
  readonly offering: OfferingRow;
  readonly term: Term;
  readonly at: Date;
}

/** A code of a dialect for a new entitlement, and the rows to be written with it. */
export interface MadeCode {
  readonly text: string;
  readonly writes: readonly Writing[];
}

/** What a dialect adds to the common rules: its own reasons to refuse, and details of its replies. A dialect never grants. */
export interface DialectHooks {
  /**
   * Authenticates a request, before the entitlement is evaluated or shown. Omitted: the code alone is enough.
   *
   * @returns the rejection; null when the request is authentic
   */
  authenticate?(context: ActingContext, of: HookCase): Promise<Rejection | null>;
  /** Gives the requested length of the lease, and whether it has a grace period, before the rules decide. Omitted: the common lease rule. */
  leaseTerms?(context: ActingContext, of: HookCase): Promise<LeaseTerms>;
  /** Refuses what the rules allow, for a reason of the dialect. Called in preview, commit and refresh. */
  validate?(context: ActingContext, of: HookCase): Promise<Rejection | null>;
  /** Refuses a file of another dialect, on an entitlement that was sold for both. Omitted: never. */
  validateOther?(context: ActingContext, of: HookCase): Promise<Rejection | null>;
  /** Decides whether another device may take a returned seat. Omitted: always. */
  returnTerms?(context: ActingContext, of: HookCase): Promise<ReturnTerms>;
  /**
   * Makes the state that is stored with the activation. Omitted: the state that the activation request carried.
   *
   * @param known the device of an activation request, where the portal has it already
   */
  storedState?(context: ActingContext, of: HookCase, known: { readonly deviceId: string | null }): Promise<Json>;
  /** Makes the details of the reply that only this dialect has. */
  replyDetails?(context: ActingContext, of: HookCase, answered: AnsweredActivation): Promise<Json>;
  /**
   * Makes a code of the dialect for a new entitlement, where the offering says so; null for other offerings. Omitted: the dialect makes none.
   */
  makeCode?(context: ActingContext, of: NewEntitlementCase): Promise<Result<MadeCode> | null>;
  readonly bundle?: BundleHooks;
}
