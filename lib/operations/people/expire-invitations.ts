import { z } from 'zod';
import { expireInvitations as writeExpired } from '@/db/people/commit-person';
import { instantOf } from '../audit/operator-audit';
import { defineOperation, done } from '../operation';

/** Invitations that one statement expires. */
const BATCH = 100;

/** Expires invitations past their end and deletes what was prepared for them. @returns how many expired since the last run */
export const expireInvitations = defineOperation({
  name: 'invitation.expire',
  kind: 'command',
  permission: 'invitation:expire',
  input: z.strictObject({}),
  async run(_, context) {
    let expired = 0;
    for (;;) {
      const more = await writeExpired(context.db, { at: await instantOf(context), limit: BATCH });
      if (more === 0) return done({ expired });
      expired += more;
    }
  },
});
