import { z } from 'zod';
import { listSessions } from '@/db/sign-in/sessions-own';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isPerson } from '../actor';
import { SESSION_IDLE_HOURS } from '../limits/limits';
import { defineOperation, done, refuse } from '../operation';

/** One of the actor's own sessions: a browser that is signed in. */
export interface OwnSession {
  readonly id: string;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** The session of the request itself. */
  readonly current: boolean;
}

/** Lists the actor's own live sessions, last used first. The input names the current one, which is marked. */
export const sessionList = defineOperation({
  name: 'session.list',
  kind: 'query',
  permission: 'own-session:manage',
  input: z.object({ current: z.uuid().nullable() }),
  async run({ current }, { db, actor, now }) {
    if (!isPerson(actor)) return refuse(reject('not-allowed'));
    const rows = await listSessions(db, { userId: actor.userId, now, idleHours: SESSION_IDLE_HOURS });
    return done<OwnSession[]>(rows.map((row) => ({ ...row, current: row.id === current })));
  },
});
