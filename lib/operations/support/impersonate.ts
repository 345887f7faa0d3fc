import { z } from 'zod';
import { deleteImpersonation, writeImpersonation } from '@/db/support/impersonation';
import { reject } from '@/lib/licensing/refusals/rejection';
import { IMPERSONATION_MINUTES } from '../limits/limits';
import { defineOperation, done, refuse } from '../operation';

/**
 * Lets a session of support impersonate one of a customer's people for half an hour at most. {@link perform} refuses every command of the
 * session until it leaves the impersonation. Start and end are in the audit of the customer.
 */
export const startImpersonation = defineOperation({
  name: 'view.start',
  kind: 'command',
  permission: 'customer:view-as',
  input: z.object({ personId: z.uuid(), session: z.uuid() }),
  async run({ personId, session }, { db, actor, now }) {
    if (actor.role !== 'support') return refuse(reject('not-allowed'));
    const own = { userId: actor.userId, sessionId: session, now };
    const started = await writeImpersonation(db, { ...own, personId, minutes: IMPERSONATION_MINUTES });
    return started ? done({ personId }) : refuse(reject('not-found'));
  },
});

/** Ends the impersonation of a session. Performed as support: every command of the impersonated actor is refused. */
export const endImpersonation = defineOperation({
  name: 'view.end',
  kind: 'command',
  permission: 'customer:view-as',
  input: z.object({ session: z.uuid() }),
  async run({ session }, { db, actor, now }) {
    if (actor.role !== 'support') return refuse(reject('not-allowed'));
    return done({ ended: await deleteImpersonation(db, { userId: actor.userId, sessionId: session, now }) });
  },
});
