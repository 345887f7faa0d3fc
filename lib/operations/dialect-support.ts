import type { EntitlementRow } from '@/db/entitlement-json';
import type { Issue } from '@/lib/licensing/decision';
import type { Rejection } from '@/lib/licensing/rejection';
import type { ActivationRequest, DeviceRequest, Json } from '@/lib/licensing/request';
import type { ActingContext } from './context';
import type { Keys } from './keyring';

/** A request that the rules would answer, or a refresh. */
export interface SupportCase {
  readonly keys: Keys;
  /** Null in a refresh. */
  readonly request: DeviceRequest | null;
  readonly entitlement: EntitlementRow;
  readonly now: Date;
}

/** An answer that is about to be sealed. */
export interface DetailsCase extends SupportCase {
  readonly request: ActivationRequest | null;
  readonly activationId: string;
  readonly deviceId: string;
  readonly decision: Issue;
  /** As it is stored with the activation from now on. */
  readonly replyTo: Json;
}

/** What a dialect needs beside the rules that are common to all: its own reasons to refuse, and what only its answers carry. */
export interface DialectSupport {
  /** A reason of its own not to answer what the rules would. Asked for preview, commit and refresh. */
  refuses(context: ActingContext, input: SupportCase): Promise<Rejection | null>;
  /** What the answer carries beyond the general rights. */
  details(context: ActingContext, input: DetailsCase): Promise<Json>;
}

/** The dialects that need more than the common rules. The native one does not. */
const SUPPORTS: Readonly<Record<string, DialectSupport>> = {};

export function supportOf(dialect: string): DialectSupport | null {
  return SUPPORTS[dialect] ?? null;
}
