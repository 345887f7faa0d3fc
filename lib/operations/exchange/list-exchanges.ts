import { z } from 'zod';
import { readClock } from '@/db/clock';
import { listWaiting, listExchanges as readExchanges } from '@/db/exchange/read-exchange';
import { scopeOf, userIdOf } from '../actor';
import { defineOperation, done } from '../operation';

/** How long a previewed, unanswered file stays on the list. */
const WAITING_DAYS = 14;
const RECENT_ROWS = 6;

/** Lists, for the start page, the person's own files that wait for a decision, and the newest answers within the scope. */
export const listExchanges = defineOperation({
  name: 'exchange.list',
  kind: 'query',
  permission: 'exchange:read',
  input: z.object({}),
  async run(_, context) {
    const userId = userIdOf(context.actor);
    const now = context.now ?? (await readClock(context.db));
    const since = new Date(now.getTime() - WAITING_DAYS * 86_400_000);
    const [waiting, recent] = await Promise.all([
      userId === null ? [] : listWaiting(context.db, { scope: scopeOf(context.actor), userId, since, limit: RECENT_ROWS }),
      readExchanges(context.db, { scope: scopeOf(context.actor), filter: { answersOnly: true }, limit: RECENT_ROWS }),
    ]);
    return done({ now, waiting, recent });
  },
});
