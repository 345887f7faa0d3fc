import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Json } from '@/lib/licensing/exchange/request';
import type { Facts, RejectionCode } from '@/lib/licensing/refusals/rejection';

/** What files are about. The last two that go out tell of a licence and give no lease. */
export const EXCHANGE_KINDS = ['activation', 'deactivation', 'refresh', 'licence-file', 'activation-proof', 'unknown'] as const;
export type ExchangeKind = (typeof EXCHANGE_KINDS)[number];

/** What became of files. `issued`: one went out that gives no lease. */
export const EXCHANGE_OUTCOMES = ['previewed', 'refused', 'granted', 'renewed', 'issued', 'returned', 'repeated'] as const;
export type ExchangeOutcome = (typeof EXCHANGE_OUTCOMES)[number];

/** A row of `exchanges` before it is written. Members that are left out become null. */
export interface ExchangeEntry {
  readonly id: string;
  readonly at: Date;
  readonly customerId: string | null;
  readonly userId: string | null;
  readonly visitorId?: string;
  readonly actor: string;
  readonly via: 'browser' | 'command-line' | 'api';
  readonly kind: ExchangeKind;
  readonly outcome: ExchangeOutcome;
  readonly submissionId?: string | null;
  readonly answeredBy?: string;
  readonly fileName?: string | null;
  readonly fileSize?: number;
  readonly fileDigest?: string;
  /** Sealed. */
  readonly content?: Uint8Array | null;
  readonly kindAsked?: 'activation' | 'deactivation' | null;
  readonly dialect?: string;
  readonly requestKey?: string;
  readonly payloadDigest?: string;
  readonly productCode?: string;
  readonly deviceName?: string;
  readonly entitlementId?: string;
  readonly deviceId?: string;
  readonly activationId?: string;
  readonly code?: RejectionCode;
  readonly facts?: Facts;
  readonly troubleCode?: string;
  readonly replyName?: string;
  /** Sealed. */
  readonly reply?: Uint8Array;
}

/** A row of `audit_entries` before it is written. */
export interface AuditEntry {
  readonly at: Date;
  readonly customerId: string | null;
  readonly userId: string | null;
  readonly actor: string;
  readonly role: string;
  readonly action: AuditAction;
  readonly code?: RejectionCode;
  readonly entitlementId?: string;
  readonly deviceId?: string;
  readonly activationId?: string;
  readonly exchangeId?: string;
  /** Of a refusal without an exchange of its own. */
  readonly troubleCode?: string;
  readonly detail?: Json;
}
