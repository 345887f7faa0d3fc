import { readClock } from '@/db/clock';
import type { AuditEntry } from '@/db/exchange/exchange-entry';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { userIdOf } from '../actor';
import type { ActingContext, OperationContext } from '../context';

/** The instant of a command: the database's clock, or `context.now` in tests. */
export async function instantOf(context: Pick<OperationContext, 'db' | 'now'>): Promise<Date> {
  return context.now ?? (await readClock(context.db));
}

type What = Pick<AuditEntry, 'at' | 'action'> & Partial<Pick<AuditEntry, 'customerId' | 'entitlementId' | 'detail'>>;

/** Makes the audit entry of a change by the operator. */
export function operatorAudit({ actor }: ActingContext, what: What): AuditEntry {
  return { customerId: null, ...what, userId: userIdOf(actor), actor: actor.label, role: actor.role };
}

/** The rejection for an unknown name. */
export function unknownName(what: string, name: string): Rejection {
  return reject('unknown-name', { what, name });
}

/** The rejection for a name that is taken. */
export function nameTaken(what: string, name: string): Rejection {
  return reject('already-exists', { what, name });
}
