import type { AuditEntry } from '@/db/exchange/exchange-entry';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Json } from '@/lib/licensing/exchange/request';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';
import { userIdOf } from '../actor';
import type { ActingContext } from '../context';

interface PersonAct {
  readonly at: Date;
  readonly action: AuditAction;
  readonly customerId: string | null;
  readonly detail: Json;
  /** Of a refused act. */
  readonly code?: RejectionCode;
}

/** The audit entry for what the actor does to a person of a customer. */
export function personAudit({ actor }: ActingContext, act: PersonAct): AuditEntry {
  return { ...act, userId: userIdOf(actor), actor: actor.label, role: actor.role };
}
