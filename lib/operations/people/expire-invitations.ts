import { z } from 'zod';
import { expireInvitations as writeExpired } from '@/db/people/commit-person';
import { instantOf } from '../audit/operator-audit';
import { defineOperation, done } from '../operation';

/** Invitations that one statement looks at. */
const BATCH = 100;

/** Writes down which invitations ran out, and takes away what was prepared for them. Run again it does what is new. */
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
