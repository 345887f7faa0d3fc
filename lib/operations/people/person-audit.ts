import type { AuditEntry } from '@/db/exchange/exchange-entry';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Json } from '@/lib/licensing/exchange/request';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';
import { userIdOf } from '../actor';
import type { ActingContext } from '../context';

interface Told {
  readonly at: Date;
  readonly action: AuditAction;
  readonly customerId: string | null;
  readonly detail: Json;
  /** Of a refusal. */
  readonly code?: RejectionCode;
}

/** The audit row of what somebody does to the people of a customer. */
export function personAudit({ actor }: ActingContext, told: Told): AuditEntry {
  return { ...told, userId: userIdOf(actor), actor: actor.label, role: actor.role };
}
