import { z } from 'zod';
import { endViewing, startViewing } from '@/db/support/viewings';
import { reject } from '@/lib/licensing/refusals/rejection';
import { VIEWING_MINUTES } from '../limits/limits';
import { defineOperation, done, refuse } from '../operation';

/**
 * Lets a session of support look at the portal as one of a customer's people, for half an hour at most. Until it comes back, no command is
 * performed for it ({@link perform} sees to that). In the audit of the customer, as is the end.
 */
export const startView = defineOperation({
  name: 'view.start',
  kind: 'command',
  permission: 'customer:view-as',
  input: z.object({ personId: z.uuid(), session: z.uuid() }),
  async run({ personId, session }, { db, actor, now }) {
    if (actor.role !== 'support') return refuse(reject('not-allowed'));
    const own = { userId: actor.userId, sessionId: session, now };
    const started = await startViewing(db, { ...own, personId, minutes: VIEWING_MINUTES });
    return started ? done({ personId }) : refuse(reject('not-found'));
  },
});

/** Brings a session of support back from looking as somebody else. To be performed as support: who is looked as can end nothing. */
export const endView = defineOperation({
  name: 'view.end',
  kind: 'command',
  permission: 'customer:view-as',
  input: z.object({ session: z.uuid() }),
  async run({ session }, { db, actor, now }) {
    if (actor.role !== 'support') return refuse(reject('not-allowed'));
    return done({ ended: await endViewing(db, { userId: actor.userId, sessionId: session, now }) });
  },
});
