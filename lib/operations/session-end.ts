import { z } from 'zod';
import { endOtherSessions, endSession } from '@/db/sessions-own';
import { reject } from '@/lib/licensing/rejection';
import { isPerson } from './actor';
import { defineOperation, done, refuse } from './operation';

/** Ends one of the actor's own sessions at once: a sign-out. `not-found` when it is another person's or has ended. */
export const sessionEnd = defineOperation({
  name: 'session.end',
  kind: 'command',
  permission: 'own-session:manage',
  input: z.object({ session: z.uuid() }),
  async run({ session }, { db, actor, now }) {
    if (!isPerson(actor)) return refuse(reject('not-allowed'));
    const ended = await endSession(db, { userId: actor.userId, sessionId: session, now });
    return ended === 0 ? refuse(reject('not-found')) : done({ ended });
  },
});

/** Ends all of the actor's own sessions but the one that asks. */
export const sessionEndOthers = defineOperation({
  name: 'session.end-others',
  kind: 'command',
  permission: 'own-session:manage',
  input: z.object({ current: z.uuid() }),
  async run({ current }, { db, actor, now }) {
    if (!isPerson(actor)) return refuse(reject('not-allowed'));
    return done({ ended: await endOtherSessions(db, { userId: actor.userId, keptSessionId: current, now }) });
  },
});
