import { z } from 'zod';
import { commitRelease, recordRefusal } from '@/db/commit';
import type { AuditEntry } from '@/db/exchange-entry';
import { readReleaseCase } from '@/db/read-release-case';
import { decideRelease } from '@/lib/licensing/decide-release';
import type { Rejection } from '@/lib/licensing/rejection';
import { reject } from '@/lib/licensing/rejection';
import { scopeOf, userIdOf } from './actor';
import type { ActingContext } from './context';
import { defineOperation, done, refuse } from './operation';
import { releaserOf } from './releaser-of';
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

/**
 * Releases the seat of a device without its proof, as far as the vendor's policy lets this person. It stays held until the last lease has
 * run out, unless the policy frees it at once.
 */
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
  const { now, found } = await readReleaseCase(db, { scope: scopeOf(actor), activationId, now: context.now });
  if (found === null) return reject('not-found');
  const { activation, entitlement, device, releasedAts } = found;
  const policy = entitlement.releasePolicy;
  const decision = decideRelease({ activation, policy, releaser: releaserOf(actor, activation), releasedAts, now });
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
    await recordRefusal(db, { ...audit, action: 'seat.release-refused', code: rejection.code });
    return rejection;
  }

  const outcome = await commitRelease(db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    revision: entitlement.revision,
    leaseSequence: activation.leaseSequence,
    limit: actor.role === 'operator' ? null : policy.limit,
    userId,
    reason: why,
    audit: { ...audit, detail: { reason, note, heldUntil: decision.heldUntil?.toISOString() ?? null } },
  });
  return outcome === 'done' ? { entitlementId: entitlement.id, deviceName: device.name, heldUntil: decision.heldUntil } : 'stale';
}
