import { z } from 'zod';
import { readReleaseCase } from '@/db/seats/read-release-case';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallsLeft } from '@/lib/licensing/seats/allowance';
import { decideRelease } from '@/lib/licensing/seats/decide-release';
import { decideUndo } from '@/lib/licensing/seats/decide-undo';
import { releaseQuotaAt } from '@/lib/licensing/seats/release-policy';
import { scopeOf } from '../actor';
import { claimShownTo } from '../claims/claim-shown';
import { findOwnFile } from '../exchange/show-exchange';
import { defineOperation, done, refuse } from '../operation';
import { isSeatFreeFor, releaserOf, undoerOf } from './releaser-of';

/**
 * Shows one seat with the decisions on releasing it without the device's proof and on undoing that, for the actor at this moment; and the
 * actor's own submission that waits for the seat.
 */
export const showSeat = defineOperation({
  name: 'seat.show',
  kind: 'query',
  permission: 'seat:release',
  input: z.object({ activationId: z.uuid(), file: z.uuid().nullable().catch(null).default(null) }),
  async run({ activationId, file }, context) {
    const { actor, db } = context;
    const { now, found } = await readReleaseCase(db, { scope: scopeOf(actor), activationId, now: context.now });
    if (found === null) return refuse(reject('not-found'));
    const { activation, entitlement, device, releasedAts, isSuperseded, isMachineElsewhere, claim } = found;
    const policy = entitlement.releasePolicy;
    const reinstalls = reinstallsLeft(entitlement, entitlement.freed, now);
    const isSeatFree = isSeatFreeFor(found, now);
    const undoer = undoerOf(actor, { ...activation, claim });
    return done({
      now,
      activation,
      entitlement,
      device,
      claim: claimShownTo(actor, claim),
      decision: decideRelease({ activation, policy, releaser: releaserOf(actor, activation), releasedAts, reinstalls, now }),
      undo: decideUndo({ activation, undoer, isSeatFree, isSuperseded, isMachineElsewhere, now }),
      reinstalls,
      quota: policy.limit === null ? null : releaseQuotaAt(policy.limit, releasedAts, now),
      file: await findOwnFile(context, file),
    });
  },
});
