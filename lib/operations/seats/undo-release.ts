import { z } from 'zod';
import { commitUndo } from '@/db/seats/commit-release';
import { readReleaseCase } from '@/db/seats/read-release-case';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallTimes } from '@/lib/licensing/seats/allowance';
import { decideUndo } from '@/lib/licensing/seats/decide-undo';
import { scopeOf } from '../actor';
import { recordRefusal } from '../audit/record-refusal';
import type { ActingContext } from '../context';
import { retryCommit } from '../exchange/retry-commit';
import { defineOperation, done, refuse } from '../operation';
import { isSeatFreeFor, undoerOf } from './releaser-of';
import { seatAudit } from './seat-audit';

/** The entitlement and the device of an undone release. */
interface Undone {
  readonly entitlementId: string;
  readonly deviceId: string;
}

/** Undoes a release without proof as long as the seat is still free: the same activation goes on, and its files count as before. */
export const undoRelease = defineOperation({
  name: 'seat.undo-release',
  kind: 'command',
  permission: 'seat:release',
  input: z.object({ activationId: z.uuid() }),
  async run({ activationId }, context) {
    const outcome = await retryCommit((again) => attempt(context, { activationId, again }));
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  },
});

async function attempt(
  context: ActingContext,
  { activationId, again }: { activationId: string; again: boolean },
): Promise<Undone | Rejection | 'stale'> {
  const { actor, db } = context;
  const { now, found } = await readReleaseCase(db, { scope: scopeOf(actor), activationId, now: context.now });
  if (found === null) return reject('not-found');
  const { activation, entitlement, device, isSuperseded, isMachineElsewhere, claim } = found;
  const undone = { entitlementId: entitlement.id, deviceId: device.id };
  const goesOn = activation.state === 'active' || activation.state === 'lease_expired';
  if (again && goesOn) return undone;

  const isSeatFree = isSeatFreeFor(found, now);
  const decision = decideUndo({
    activation,
    undoer: undoerOf(actor, { ...activation, claim }),
    isSeatFree,
    isSuperseded,
    isMachineElsewhere,
    now,
  });
  const detail = { releasedAt: activation.releasedAt?.toISOString() ?? null, reason: activation.releaseReason };
  const audit = seatAudit(actor, { at: now, action: 'seat.release-undone', activation, detail });
  if (decision.outcome === 'reject') {
    const { rejection } = decision;
    await recordRefusal(context, { ...audit, action: 'seat.undo-refused', code: rejection.code });
    return rejection;
  }
  const outcome = await commitUndo(db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    leaseSequence: activation.leaseSequence,
    releasedAt: activation.releasedAt ?? now,
    reinstalls: { times: reinstallTimes(entitlement) },
    audit,
  });
  return outcome === 'done' ? undone : 'stale';
}
