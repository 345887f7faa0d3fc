import { commitRelease } from '@/db/seats/commit-release';
import { readReleaseCase } from '@/db/seats/read-release-case';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallsLeft } from '@/lib/licensing/seats/allowance';
import { decideRelease } from '@/lib/licensing/seats/decide-release';
import { scopeOf, userIdOf } from '../actor';
import { recordRefusal } from '../audit/record-refusal';
import type { ActingContext } from '../context';
import { retryCommit } from '../exchange/retry-commit';
import { findOwnFile } from '../exchange/show-exchange';
import { defineOperation, done, refuse } from '../operation';
import type { ReleaseInput } from './release-input';
import { reasonText, releaseInput } from './release-input';
import { releaserOf } from './releaser-of';
import { seatAudit } from './seat-audit';

/** A seat that was released. */
export interface Released {
  readonly entitlementId: string;
  readonly deviceName: string;
  /** Until when the seat stays held, because the device may run until then; null when it is free at once. */
  readonly heldUntil: Date | null;
}

/**
 * Releases the seat of a device without its proof, as far as the vendor's release policy allows the actor. The seat stays held until the last
 * lease has run out, unless the policy frees it at once. Returns the actor's own submission that waits for the seat as well, if there is one.
 */
export const releaseSeat = defineOperation({
  name: 'seat.release',
  kind: 'command',
  permission: 'seat:release',
  input: releaseInput,
  async run(values, context) {
    const outcome = await retryCommit((again) => attempt(context, { ...values, again }));
    if ('code' in outcome) return refuse(outcome);
    return done({ ...outcome, file: await findOwnFile(context, values.file) });
  },
});

async function attempt(
  context: ActingContext,
  { activationId, reason, note, again }: ReleaseInput & { readonly again: boolean },
): Promise<Released | Rejection | 'stale'> {
  const { actor, db } = context;
  const { now, found } = await readReleaseCase(db, { scope: scopeOf(actor), activationId, now: context.now });
  if (found === null) return reject('not-found');
  const { activation, entitlement, device, releasedAts } = found;
  const policy = entitlement.releasePolicy;
  const reinstalls = reinstallsLeft(entitlement, entitlement.freed, now);
  const decision = decideRelease({ activation, policy, releaser: releaserOf(actor, activation), releasedAts, reinstalls, now });
  const why = reasonText({ reason, note });
  const released = { entitlementId: entitlement.id, deviceName: device.name };
  const mayBeDone = again && activation.releaseKind === 'released' && activation.releaseReason === why;
  if (mayBeDone) return { ...released, heldUntil: activation.state === 'releasing' ? activation.runsOutAt : null };

  const audit = seatAudit(actor, { at: now, action: 'seat.released', activation, detail: { reason, note } });
  if (decision.outcome !== 'release') {
    const rejection = decision.outcome === 'ask' ? reject('release-needs-approval') : decision.rejection;
    const detail = { reason, note, facts: rejection.facts };
    await recordRefusal(context, { ...audit, action: 'seat.release-refused', code: rejection.code, detail });
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
    reinstalls,
    userId: userIdOf(actor),
    reason: why,
    claim: null,
    audit: { ...audit, detail: { reason, note, heldUntil: decision.heldUntil?.toISOString() ?? null } },
  });
  return outcome === 'done' ? { ...released, heldUntil: decision.heldUntil } : 'stale';
}
