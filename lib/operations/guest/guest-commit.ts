import { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { commitOpened } from '../exchange/commit-file';
import { openSubmission } from '../exchange/open-file';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { toldToGuest } from './guest-refusals';
import { countByClient, forgiveFile } from './guest-throttle';

/**
 * Answers a file that this browser handed in without signing in, as far as the file proves its right at this moment. The same file again
 * gets the same answer.
 */
export const guestCommit = defineOperation({
  name: 'guest.commit',
  kind: 'command',
  permission: 'guest-exchange:use',
  input: z.object({
    submissionId: z.uuid(),
    /** It is another machine than the one it looks like: it takes a seat of its own. */
    isAnother: z.boolean().default(false),
  }),
  async run({ submissionId, isAnother }, context): Promise<Result<{ submissionId: string; repeated: boolean }>> {
    const heldBack = await countByClient(context);
    if (heldBack !== null) return refuse(heldBack);
    const submission = await openSubmission(context, submissionId);
    if (submission === null) return refuse(reject('not-found'));
    const { keys, read } = submission;
    if (!read.ok) return refuse(toldToGuest(read.rejection));
    const answered = await commitOpened(context, { opened: read.opened, keys, file: read.file, isAnother });
    if (!answered.ok) return refuse(toldToGuest(answered.rejection));
    if (!answered.value.repeated) await forgiveFile(context);
    return done({ submissionId, repeated: answered.value.repeated });
  },
});
