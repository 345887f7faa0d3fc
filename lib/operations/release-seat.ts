import { z } from 'zod';
import { commitRelease, recordRefusal } from '@/db/commit';
import type { AuditEntry } from '@/db/exchange-entry';
import { readActivation } from '@/db/read-activation';
import { decideRelease } from '@/lib/licensing/decide-release';
import type { Rejection } from '@/lib/licensing/rejection';
import { reject } from '@/lib/licensing/rejection';
import { scopeOf, userIdOf } from './actor';
import type { ActingContext } from './context';
import { defineOperation, done, refuse } from './operation';
import { untilDefinite } from './until-definite';

/** Why a seat is released without the device's proof. */
export const RELEASE_REASONS = ['lost', 'stolen', 'broken', 'sold', 'reinstalled', 'other'] as const;

/** What a release came to. */
export interface Released {
  readonly entitlementId: string;
  readonly deviceName: string;
  /** Until when the seat stays held, because the device may run until then; null when it is free at once. */
  readonly heldUntil: Date | null;
}

const input = z.object({
  activationId: z.uuid(),
  reason: z.enum(RELEASE_REASONS),
  note: z
    .string()
    .transform((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim())
    .pipe(z.string().max(500))
    .default(''),
});

/** Releases the seat of a device without its proof. It stays held until the last lease has run out, unless the vendor's rule is otherwise. */
export const releaseSeat = defineOperation({
  name: 'seat.release',
  kind: 'command',
  permission: 'seat:release',
  input,
  async run(values, context) {
    const outcome = await untilDefinite((again) => attempt(context, { ...values, again }));
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  },
});

async function attempt(
  context: ActingContext,
  { activationId, reason, note, again }: z.output<typeof input> & { readonly again: boolean },
): Promise<Released | Rejection | 'stale'> {
  const { actor, db } = context;
  const { now, found } = await readActivation(db, { scope: scopeOf(actor), activationId, now: context.now });
  if (found === null) return reject('not-found');
  const { activation, entitlement, device } = found;
  const decision = decideRelease({ activation, rule: entitlement.releaseRule, now });
  const why = note === '' ? reason : `${reason}: ${note}`;
  const mayBeDone = again && activation.releaseKind === 'released' && activation.releaseReason === why;
  if (mayBeDone) {
    const heldUntil = activation.state === 'releasing' ? activation.runsOutAt : null;
    return { entitlementId: entitlement.id, deviceName: device.name, heldUntil };
  }

  const userId = userIdOf(actor);
  const audit: AuditEntry = {
    at: now,
    customerId: entitlement.customerId,
    userId,
    actor: actor.label,
    role: actor.role,
    action: 'seat.released',
    entitlementId: entitlement.id,
    deviceId: device.id,
    activationId,
    detail: { reason, note },
  };
  if (decision.outcome === 'reject') {
    const { rejection } = decision;
    const detail = { reason, note, facts: rejection.facts };
    await recordRefusal(db, { ...audit, action: 'seat.release-refused', code: rejection.code, detail });
    return rejection;
  }

  const outcome = await commitRelease(db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    leaseSequence: activation.leaseSequence,
    userId,
    reason: why,
    audit: { ...audit, detail: { reason, note, heldUntil: decision.heldUntil?.toISOString() ?? null } },
  });
  return outcome === 'done' ? { entitlementId: entitlement.id, deviceName: device.name, heldUntil: decision.heldUntil } : 'stale';
}
