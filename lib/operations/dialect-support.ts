import type { EntitlementRow } from '@/db/entitlement-json';
import type { BesideLicence } from '@/db/keygen-keys';
import type { Issue } from '@/lib/licensing/decision';
import type { Fingerprint } from '@/lib/licensing/fingerprint';
import type { LeaseTerms } from '@/lib/licensing/lease';
import type { Rejection } from '@/lib/licensing/rejection';
import type { ActivationRequest, DeviceDescription, DeviceRequest, Json } from '@/lib/licensing/request';
import type { ActingContext } from './context';
import { keygenSupport } from './keygen/support';
import type { Keys } from './keyring';

/** A request that the rules would answer, or a refresh. */
export interface SupportCase {
  readonly keys: Keys;
  /** Null in a refresh. */
  readonly request: DeviceRequest | null;
  /** What whoever acts asks of a refresh, in words of the dialect; null for nothing, and beside a request. */
  readonly asked: Json;
  /** Of the device, as the request or else the last one described it. */
  readonly fingerprint: Fingerprint;
  readonly entitlement: EntitlementRow;
  /** What software built for Keygen is told beside, where it was read already. */
  readonly beside: BesideLicence | null;
  readonly now: Date;
}

/** An answer that is about to be sealed. */
export interface DetailsCase extends SupportCase {
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

/** What a dialect needs beside the rules that are common to all: its own reasons to refuse, and what only its answers carry. */
export interface DialectSupport {
  /** What it asks of the lease before the rules decide; left out where it asks nothing. */
  lease?(context: ActingContext, input: SupportCase): Promise<LeaseTerms>;
  /** A reason of its own not to answer what the rules would. Asked for preview, commit and refresh. */
  refuses(context: ActingContext, input: SupportCase): Promise<Rejection | null>;
  /** What the answer carries beyond the general rights. */
  details(context: ActingContext, input: DetailsCase): Promise<Json>;
}

/** The dialects that need more than the common rules. The native one does not. */
const SUPPORTS: Readonly<Record<string, DialectSupport>> = { keygen: keygenSupport };

export function supportOf(dialect: string): DialectSupport | null {
  return SUPPORTS[dialect] ?? null;
}
