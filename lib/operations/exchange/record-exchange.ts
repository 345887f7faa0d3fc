import { randomBytes, randomUUID } from 'node:crypto';
import type { AuditEntry, ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Json } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { troubleCodeFrom } from '@/lib/licensing/support/trouble-code';
import { customerIdOf, userIdOf } from '../actor';
import type { ActingContext } from '../context';
import type { Evaluated } from './evaluate-file';

/** Makes a new exchange with the columns that follow from the actor. */
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

/** Makes a random trouble code, which people quote when they ask for help. */
export function newTroubleCode(): string {
  return troubleCodeFrom(randomBytes(5));
}

/** The columns of an exchange that record a rejection, under a new trouble code. Notes that code in the attempt. */
export function refusedMembers(
  { attempt }: Pick<ActingContext, 'attempt'>,
  { code, facts }: Rejection,
): Pick<ExchangeEntry, 'outcome' | 'code' | 'facts' | 'troubleCode'> {
  const troubleCode = newTroubleCode();
  attempt.refusedAs = troubleCode;
  return { outcome: 'refused', code, facts, troubleCode };
}

/** Makes the audit entry of an exchange. */
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

/** The columns of an exchange that name what its file was about, as far as the actor may know. */
export function subjectOf(evaluated: Evaluated): Partial<ExchangeEntry> & { readonly customerId?: string } {
  const { request, requestKey } = evaluated;
  const common = { dialect: request.dialect, requestKey, payloadDigest: request.payloadDigest };
  if (evaluated.kind === 'deactivation') {
    const { found } = evaluated;
    if (found === null) return common;
    const { entitlement, device, activation } = found;
    return {
      ...common,
      customerId: entitlement.customerId,
      productCode: entitlement.productCode,
      deviceName: device.name,
      entitlementId: entitlement.id,
      deviceId: device.id,
      activationId: activation.id,
    };
  }
  const { entitlement, known } = evaluated;
  const { productCode, device } = evaluated.request;
  const named = { ...common, ...(productCode === null ? {} : { productCode }), deviceName: device.name };
  if (entitlement === null) return named;
  const knownDevice = known !== null && known.row.customerId === entitlement.customerId ? { deviceId: known.row.id } : {};
  return {
    ...named,
    ...knownDevice,
    productCode: entitlement.productCode,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
  };
}
