import { z } from 'zod';
import { settleRanOut } from '@/db/leases/write-settled-leases';
import { defineOperation, done } from '../operation';

/** The most leases that one statement settles. */
const BATCH = 100;

/** Records which leases ran out, so that lists and the audit show it without a commit on the entitlement. Run again, it settles new ones. */
export const settleLeases = defineOperation({
  name: 'lease.settle',
  kind: 'command',
  permission: 'lease:settle',
  input: z.strictObject({}),
  async run(_, { db, now }) {
    let settled = 0;
    for (;;) {
      const more = await settleRanOut(db, { at: now, limit: BATCH });
      if (more === 0) return done({ settled });
      settled += more;
    }
  },
});
