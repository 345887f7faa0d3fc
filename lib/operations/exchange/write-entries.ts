import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { AuditEntry, ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { ActivationRequest, Json } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { troubleCodeFrom } from '@/lib/licensing/support/trouble-code';
import { customerIdOf, userIdOf } from '../actor';
import type { ActingContext } from '../context';

/** Members of an exchange row that follow from who acts, and from what. */
export function startExchange(
  context: ActingContext,
  entry: Pick<ExchangeEntry, 'at' | 'kind' | 'outcome'> & { readonly customerId?: string | null },
): ExchangeEntry {
  const { actor } = context;
  return {
    id: randomUUID(),
    at: entry.at,
    customerId: entry.customerId ?? customerIdOf(actor),
    userId: userIdOf(actor),
    ...(actor.role === 'guest' ? { visitorId: actor.visitorId } : {}),
    actor: actor.label,
    via: context.via,
    kind: entry.kind,
    outcome: entry.outcome,
  };
}

/** What somebody quotes who asks for help with a file. */
export function newTroubleCode(): string {
  return troubleCodeFrom(randomBytes(5));
}

/** Members of an exchange row that tell of a rejection, which is written down with it, under a new trouble code. */
export function refusedMembers(
  { attempt }: Pick<ActingContext, 'attempt'>,
  { code, facts }: Rejection,
): Pick<ExchangeEntry, 'outcome' | 'code' | 'facts' | 'troubleCode'> {
  const troubleCode = newTroubleCode();
  attempt.refusedAs = troubleCode;
  return { outcome: 'refused', code, facts, troubleCode };
}

/** The audit row of an exchange. */
export function auditOf(
  context: ActingContext,
  exchange: ExchangeEntry,
  what: { action: AuditAction; detail?: Json },
): AuditEntry {
  const { action, detail = {} } = what;
  const { at, customerId, userId, actor, code, entitlementId, deviceId, activationId, id } = exchange;
  return {
    at,
    customerId,
    userId,
    actor,
    role: context.actor.role,
    action,
    exchangeId: id,
    detail,
    ...(code === undefined ? {} : { code }),
    ...(entitlementId === undefined ? {} : { entitlementId }),
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(activationId === undefined ? {} : { activationId }),
  };
}

/** Hex SHA-256 of a file, as shown to people. */
export function digestOfFile(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/**
 * Digest of a whole fingerprint: equal for the same components in any order, so that the same machine is not written down twice.
 *
 * @param isApart for a machine that looks like another: its key tells it apart
 */
export function fingerprintKeyOf({ dialect, device, deviceKey }: ActivationRequest, isApart: boolean): string {
  const { version, components } = device.fingerprint;
  const sorted = Object.entries(components).sort(([one], [other]) => (one < other ? -1 : 1));
  return hash('sha256', JSON.stringify([dialect, version, sorted, ...(isApart ? [deviceKey] : [])]), 'base64url');
}
