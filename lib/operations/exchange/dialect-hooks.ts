import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { BesideLicence } from '@/db/keygen/keygen-keys';
import type { Scope } from '@/db/scope';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import type { Issue } from '@/lib/licensing/exchange/decision';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type {
  ActivationRequest,
  DeactivationProof,
  DeviceDescription,
  DeviceRequest,
  Json,
} from '@/lib/licensing/exchange/request';
import type { LeaseTerms } from '@/lib/licensing/leases/lease';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { Signing } from '@/lib/signing/signing-turns';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';

/** A request for an entitlement that it names, or a refresh. */
export interface HookCase {
  readonly keys: Keys;
  /** Null in a refresh. */
  readonly request: DeviceRequest | null;
  readonly deviceKey: string;
  /** What whoever acts asks of a refresh, in words of the dialect; null for nothing, and beside a request. */
  readonly asked: Json;
  /** Of the device, as the request or else the last one described it. */
  readonly fingerprint: Fingerprint;
  readonly entitlement: EntitlementRow;
  /** What is stored with the activation that it is about; null in an activation request. */
  readonly kept: Json;
  /** What software built for Keygen is told beside, where it was read already. */
  readonly beside: BesideLicence | null;
  readonly now: Date;
}

/** An answer that is about to be sealed. */
export interface DetailsCase extends Omit<HookCase, 'kept'> {
  readonly request: ActivationRequest | null;
  readonly activationId: string;
  /** When the activation that the answer is for was made. */
  readonly activatedAt: Date;
  readonly deviceId: string;
  /** As it will be known. */
  readonly device: Pick<DeviceDescription, 'name' | 'platform' | 'hostname'>;
  readonly decision: Issue;
  /** As it is stored with the activation from now on. */
  readonly replyTo: Json;
}

/** A request that is about to be committed. */
export type KeepsCase =
  | {
      readonly request: ActivationRequest;
      readonly entitlementId: string /** Null: a new one. */;
      readonly deviceId: string | null;
    }
  | { readonly request: DeactivationProof; readonly kept: Json };

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
export interface Bundles {
  /** Whether a request says so itself. Another may ask for one by its product. */
  isAskedBy(request: ActivationRequest): boolean;
  /** The entitlements that it asks for, or why there are none. */
  linesOf(context: ActingContext, input: BundleCase): Promise<readonly BundleLine[] | Rejection>;
  /** The answers of all of them as one file. */
  seal(replies: readonly Reply[], keys: Keys, signing: Signing): Promise<SealedFile>;
}

/** What a dialect says of a seat that is given back. */
export interface ReturnTerms {
  readonly mayMove: boolean;
  /** Activations that were given up when this was found out: with one more it has to be found out anew. */
  readonly givenUp: number;
}

/** What a dialect needs beside the rules that are common to all: its own reasons to refuse, and what only its answers carry. */
export interface DialectHooks {
  /** Why the text that names the entitlement is not enough. Asked before anything else of the entitlement is looked at. Left out: it is. */
  proves?(context: ActingContext, input: { request: ActivationRequest; entitlement: EntitlementRow }): Promise<Rejection | null>;
  /** What it asks of the lease before the rules decide; left out where it asks nothing. */
  lease?(context: ActingContext, input: HookCase): Promise<LeaseTerms>;
  /** A reason of its own not to answer what the rules would. Asked for preview, commit and refresh. */
  refuses?(context: ActingContext, input: HookCase): Promise<Rejection | null>;
  /** Whether a seat that is given back may go to another device; left out where the dialect sets no limit. */
  returnTerms?(context: ActingContext, input: HookCase): Promise<ReturnTerms>;
  /** A reason not to answer a file of another dialect, on an entitlement that was sold for both. Left out: none. */
  refusesOther?(context: ActingContext, input: HookCase): Promise<Rejection | null>;
  /** What is stored with the activation from now on. Left out: what the request brought. */
  keeps?(context: ActingContext, input: KeepsCase): Promise<Json>;
  /** What the answer carries beyond the general rights. */
  details?(context: ActingContext, input: DetailsCase): Promise<Json>;
  readonly bundles?: Bundles;
}
