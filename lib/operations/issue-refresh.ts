import { z } from 'zod';
import { commitIssue } from '@/db/commit';
import type { ExchangeEntry } from '@/db/exchange-entry';
import type { ActivationFound } from '@/db/read-activation';
import { readActivation } from '@/db/read-activation';
import { dialectNamed } from '@/lib/dialects/registry';
import { decideRefresh } from '@/lib/licensing/decide-refresh';
import type { Issue } from '@/lib/licensing/decision';
import type { Rejection } from '@/lib/licensing/rejection';
import { reject } from '@/lib/licensing/rejection';
import { scopeOf } from './actor';
import type { Answer } from './answer-file';
import type { ActingContext } from './context';
import { defineOperation, done, refuse } from './operation';
import { replyToDevice } from './reply-to-device';
import { untilDefinite } from './until-definite';
import { auditOf, startExchange } from './write-entries';

/** Makes a refresh file for a device that has an activation: a new lease, without a request. */
export const issueRefresh = defineOperation({
  name: 'refresh.issue',
  kind: 'command',
  permission: 'refresh:issue',
  input: z.object({ activationId: z.uuid() }),
  async run({ activationId }, context) {
    const outcome = await untilDefinite(() => attempt(context, activationId));
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  },
});

type Found = NonNullable<ActivationFound['found']>;

async function attempt(context: ActingContext, activationId: string): Promise<Answer | Rejection | 'stale'> {
  const { now, found } = await readActivation(context.db, { scope: scopeOf(context.actor), activationId, now: context.now });
  if (found === null) return reject('not-found');
  const { entitlement, activation } = found;
  const decision = decideRefresh({ activation, entitlement, seatsHeld: entitlement.seatsHeld, usage: entitlement.usage, now });
  if (decision.outcome === 'reject') return decision.rejection;

  const exchange = await sealRefresh(context, { found, decision, now });
  const outcome = await commitIssue(context.db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    revision: entitlement.revision,
    deviceId: found.device.id,
    activationId: activation.id,
    current: activation,
    device: null,
    key: null,
    exchange,
    audit: auditOf(context, exchange, {
      action: 'lease.refreshed',
      detail: {
        leaseEndsAt: decision.lease.endsAt.toISOString(),
        leaseSequence: decision.lease.sequence,
        takesSeat: decision.takesSeat,
      },
    }),
  });
  return outcome === 'done' ? { exchangeId: exchange.id, repeated: false } : 'stale';
}

async function sealRefresh(
  context: ActingContext,
  { found, decision, now }: { found: Found; decision: Issue; now: Date },
): Promise<ExchangeEntry> {
  const { activation, device, entitlement } = found;
  const keys = await context.keyring.current();
  const reply = replyToDevice({
    kind: 'refresh',
    vendorId: keys.vendorId,
    activationId: activation.id,
    inResponseTo: null,
    deviceKey: activation.deviceKey,
    deviceName: device.name,
    replyTo: found.replyTo,
    decision,
    entitlement,
    fingerprint: device.fingerprint,
    now,
    clockSkewSeconds: device.clockSkewSeconds,
  });
  const sealed = await dialectNamed(activation.dialect).seal(reply, await keys.replyKey());
  return {
    ...startExchange(context, { at: now, kind: 'refresh', outcome: 'renewed', customerId: entitlement.customerId }),
    dialect: activation.dialect,
    productCode: entitlement.productCode,
    deviceName: device.name,
    entitlementId: entitlement.id,
    deviceId: device.id,
    activationId: activation.id,
    replyName: sealed.fileName,
    reply: sealed.text,
  };
}
