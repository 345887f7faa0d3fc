import { z } from 'zod';
import { readActivation } from '@/db/read-activation';
import { decideRelease } from '@/lib/licensing/decide-release';
import { reject } from '@/lib/licensing/rejection';
import { scopeOf } from './actor';
import { defineOperation, done, refuse } from './operation';

/** One seat, and what releasing it without the device's proof would come to at this moment. */
export const showSeat = defineOperation({
  name: 'seat.show',
  kind: 'query',
  permission: 'seat:release',
  input: z.object({ activationId: z.uuid() }),
  async run({ activationId }, context) {
    const { now, found } = await readActivation(context.db, { scope: scopeOf(context.actor), activationId, now: context.now });
    if (found === null) return refuse(reject('not-found'));
    const { activation, entitlement, device } = found;
    const decision = decideRelease({ activation, rule: entitlement.releaseRule, now });
    return done({ activation, entitlement, device, decision });
  },
});
