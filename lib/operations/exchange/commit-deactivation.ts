import { commitReturn } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { ActivationFound } from '@/db/exchange/read-activation';
import { countedUsage } from '@/lib/licensing/entitlements/counted-usage';
import type { Return } from '@/lib/licensing/exchange/decision';
import type { ActingContext } from '../context';
import { hooksOf } from './dialect-hooks';
import type { EvaluatedDeactivation } from './evaluate-deactivation';
import type { OpenedFile } from './open-file';
import { auditOf, startExchange } from './write-entries';

/** Commits a deactivation proof: the seat, the usage it reports, exchange and audit, in one statement. Answers the exchange, or `stale`. */
export async function commitDeactivation(
  context: ActingContext,
  input: {
    opened: OpenedFile;
    evaluated: EvaluatedDeactivation;
    decision: Return;
    found: NonNullable<ActivationFound['found']>;
    file: Partial<ExchangeEntry>;
  },
): Promise<ExchangeEntry | 'stale'> {
  const { opened, evaluated, decision, found, file } = input;
  const { request, now } = evaluated;
  const { entitlement, device, activation } = found;
  const usage = countedUsage(entitlement.features, request.usage);
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: now, kind: 'deactivation', outcome: 'returned', customerId: entitlement.customerId }),
    ...file,
    dialect: request.dialect,
    requestKey: opened.requestKey,
    payloadDigest: request.payloadDigest,
    productCode: entitlement.productCode,
    deviceName: device.name,
    entitlementId: entitlement.id,
    deviceId: device.id,
    activationId: decision.activationId,
  };
  const outcome = await commitReturn(context.db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    leaseSequence: activation.leaseSequence,
    usage,
    reason: request.reason,
    returns: evaluated.returns,
    givenUp: evaluated.givenUp,
    replyTo: (await hooksOf(request.dialect)?.keeps?.(context, { request, kept: found.replyTo })) ?? null,
    exchange,
    audit: auditOf(context, exchange, {
      action: 'seat.returned',
      detail: { freesSeat: decision.freesSeat, heldUntil: decision.heldUntil?.toISOString() ?? null, usage },
    }),
  });
  return outcome === 'done' ? exchange : 'stale';
}
