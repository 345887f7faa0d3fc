import { commitReturn } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import { countedUsage } from '@/lib/licensing/entitlements/check-entitlement';
import type { ActingContext } from '../context';
import { dialectOf } from '../dialects/registry';
import type { EvaluatedDeactivation } from './evaluate-deactivation';
import { auditOf, startExchange, subjectOf } from './record-exchange';

/**
 * Commits a deactivation proof in one statement: frees the seat, records the reported usage, and writes exchange and audit.
 *
 * @returns the exchange; `stale` when an assumption of the decision no longer holds
 */
export async function commitDeactivation(
  context: ActingContext,
  { evaluated, file }: { evaluated: EvaluatedDeactivation; file: Partial<ExchangeEntry> },
): Promise<ExchangeEntry | 'stale'> {
  const { request, decision, found, hookCase, now, returns, givenUp } = evaluated;
  if (decision.outcome !== 'return' || found === null || hookCase === null)
    throw new Error(`expected a seat to return, found ${decision.outcome}`);
  const { entitlement, activation, device } = found;
  const { storedState } = dialectOf(context, request).hooks;
  const usage = countedUsage(entitlement.features, request.usage);
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: now, kind: 'deactivation', outcome: 'returned', customerId: entitlement.customerId }),
    ...file,
    ...subjectOf(evaluated),
  };
  const outcome = await commitReturn(context.db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    leaseSequence: activation.leaseSequence,
    usage,
    reason: request.reason,
    returns,
    givenUp,
    replyTo: (await storedState?.(context, hookCase, { deviceId: device.id })) ?? null,
    exchange,
    audit: auditOf(context, exchange, {
      action: 'seat.returned',
      detail: { freesSeat: decision.freesSeat, heldUntil: decision.heldUntil?.toISOString() ?? null, usage },
    }),
  });
  return outcome === 'done' ? exchange : 'stale';
}
