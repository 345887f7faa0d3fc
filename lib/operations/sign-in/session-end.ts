import { z } from 'zod';
import { endOtherSessions, endSession } from '@/db/sign-in/sessions-own';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isPerson } from '../actor';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';

const which = z.object({ session: z.uuid() });

/** Signs out: ends the actor's present session. `not-found` when it is another person's or has ended. */
export const signOut = defineOperation({
  name: 'session.sign-out',
  kind: 'command',
  permission: 'own-session:manage',
  input: which,
  run: ({ session }, context) => end(context, session),
});

/** Ends another of the actor's own sessions at once. `not-found` when it is another person's or has ended. */
export const sessionEnd = defineOperation({
  name: 'session.end',
  kind: 'command',
  permission: 'own-session:manage',
  needsFreshProof: () => true,
  input: which,
  run: ({ session }, context) => end(context, session),
});

async function end({ db, actor, now }: ActingContext, sessionId: string): Promise<Result<{ ended: number }>> {
  if (!isPerson(actor)) return refuse(reject('not-allowed'));
  const ended = await endSession(db, { userId: actor.userId, sessionId, now });
  return ended === 0 ? refuse(reject('not-found')) : done({ ended });
}

/** Ends all of the actor's own sessions except the current one. */
export const sessionEndOthers = defineOperation({
  name: 'session.end-others',
  kind: 'command',
  permission: 'own-session:manage',
  needsFreshProof: () => true,
  input: z.object({ current: z.uuid() }),
  async run({ current }, { db, actor, now }) {
    if (!isPerson(actor)) return refuse(reject('not-allowed'));
    return done({ ended: await endOtherSessions(db, { userId: actor.userId, keptSessionId: current, now }) });
  },
});
