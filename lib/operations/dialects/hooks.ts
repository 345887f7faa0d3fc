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
 * What one evaluation is about, a request or a refresh: built once, and given to every hook of it. Members of type `Json` are in words of the
 * dialect, which parses them with its own schemas.
 */
export interface HookCase {
  readonly dialect: DialectId;
  readonly keys: Keys;
  readonly now: Date;
  /** Null in a refresh. */
  readonly request: DeviceRequest | null;
  readonly deviceKey: string;
  /** Of the device, as the request or else the last one described it. */
  readonly fingerprint: Fingerprint;
  readonly entitlement: EntitlementRow;
  /** What was stored with the activation when it was last answered; null in an activation request. */
  readonly storedState: Json;
  /** What the database holds for the dialect about the entitlement, where it was read along with the activation; null where it was not. */
  readonly dialectState: Json;
  /** What the actor asks of a refresh; null for nothing, and beside a request. */
  readonly refreshOptions: Json;
}

/** What an answer that is about to be sealed says of the activation. */
export interface AnsweredActivation {
  readonly activationId: string;
  /** When the activation that the answer is for was made. */
  readonly activatedAt: Date;
  readonly deviceId: string;
  /** As it will be known. */
  readonly device: Pick<DeviceDescription, 'name' | 'platform' | 'hostname'>;
  readonly decision: Issue;
  /** As it is stored with the activation from now on. */
  readonly storedState: Json;
}

/** A request for a bundle. */
export interface BundleCase {
  readonly request: ActivationRequest;
  readonly requestKey: string;
  readonly keys: Keys;
  readonly scope: Scope;
}

/** One entitlement of a bundle, as if its own request had come. */
export interface BundleLine {
  readonly request: ActivationRequest;
  readonly requestKey: string;
}

/** Files that ask for several entitlements at once. */
export interface BundleHooks {
  /** Whether a request says so itself. Another may ask for one by its product. */
  isAskedBy(request: ActivationRequest): boolean;
  /** Finds the entitlements that it asks for, or says why there are none. */
  findLines(context: ActingContext, input: BundleCase): Promise<readonly BundleLine[] | Rejection>;
  /** Seals the answers of all of them as one file. */
  seal(replies: readonly Reply[], keys: Keys, signing: Signing): Promise<SealedFile>;
}

/** What a dialect says of a seat that is given back. */
export interface ReturnTerms {
  readonly mayMove: boolean;
  /** Activations that were given up when this was found out: with one more it has to be found out anew. */
  readonly givenUp: number;
}

/** An entitlement that is about to be made. */
export interface NewEntitlementCase {
  readonly id: string;
  readonly customerId: string;
  readonly offering: OfferingRow;
  readonly term: Term;
  readonly at: Date;
}

/** A text that names an entitlement, and what is written of it with the entitlement. */
export interface MadeCode {
  readonly text: string;
  readonly writes: readonly Writing[];
}

/** What a dialect has beside the rules that are common to all: its own reasons to refuse, and what only its answers carry. It never grants. */
export interface DialectHooks {
  /**
   * Says why the text that names the entitlement is not enough. Asked before anything of the entitlement is looked at or told. Left out: the
   * text is enough.
   */
  authenticate?(context: ActingContext, of: HookCase): Promise<Rejection | null>;
  /** Says what it asks of the lease before the rules decide. Left out: nothing. */
  leaseTerms?(context: ActingContext, of: HookCase): Promise<LeaseTerms>;
  /** Gives a reason of its own not to answer what the rules would. Asked for preview, commit and refresh. */
  validate?(context: ActingContext, of: HookCase): Promise<Rejection | null>;
  /** Gives a reason not to answer a file of another dialect, on an entitlement that was sold for both. Left out: none. */
  validateOther?(context: ActingContext, of: HookCase): Promise<Rejection | null>;
  /** Says whether a seat that is given back may go to another device. Left out: the dialect sets no limit. */
  returnTerms?(context: ActingContext, of: HookCase): Promise<ReturnTerms>;
  /**
   * Makes what is stored with the activation from now on. Left out: what an activation request brought.
   *
   * @param known the device of an activation request, where the portal knows it already
   */
  storedState?(context: ActingContext, of: HookCase, known: { readonly deviceId: string | null }): Promise<Json>;
  /** Makes what the answer carries beyond the general rights. */
  replyDetails?(context: ActingContext, of: HookCase, answered: AnsweredActivation): Promise<Json>;
  /**
   * Makes a text of its own that names a new entitlement, where the offering says that each one gets one; null for other offerings. Left out:
   * none is made with an entitlement.
   */
  makeCode?(context: ActingContext, of: NewEntitlementCase): Promise<Result<MadeCode> | null>;
  readonly bundle?: BundleHooks;
}
