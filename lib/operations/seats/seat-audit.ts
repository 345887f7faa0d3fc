import type { AuditEntry } from '@/db/exchange/exchange-entry';
import type { ActivationRow } from '@/db/seats/activation-json';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Json } from '@/lib/licensing/exchange/request';
import type { Actor } from '../actor';
import { userIdOf } from '../actor';

interface SeatEvent {
  readonly at: Date;
  readonly action: AuditAction;
  readonly activation: ActivationRow;
  readonly detail: Json;
}

/** Makes the audit entry of an act on a seat without a file. */
export function seatAudit(actor: Actor, { at, action, activation, detail }: SeatEvent): AuditEntry {
  const { customerId, entitlementId, deviceId, id: activationId } = activation;
  const who = { userId: userIdOf(actor), actor: actor.label, role: actor.role };
  return { at, customerId, ...who, action, entitlementId, deviceId, activationId, detail };
}
