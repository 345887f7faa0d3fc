import { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { defineOperation, done, refuse } from '../operation';
import { answerFile } from './answer-file';
import { giveBackFile } from './budget';
import { openSubmission } from './open-submission';

/**
 * Answers a file that was handed in: takes, renews or frees the seat and keeps the answer for download. The same file again gets the same
 * answer. The file is opened and decided on anew; what the preview said is not trusted.
 */
export const commitFile = defineOperation({
  name: 'exchange.commit',
  kind: 'command',
  permission: 'exchange:commit',
  input: z.object({
    submissionId: z.uuid(),
    /** It is another machine than the one it looks like: it takes a seat of its own. */
    isAnother: z.boolean().default(false),
  }),
  async run({ submissionId, isAnother }, context) {
    const submission = await openSubmission(context, submissionId);
    if (submission === null) return refuse(reject('not-found'));
    const { keys, read } = submission;
    if (!read.ok) return refuse(read.rejection);
    const answered = await answerFile(context, { opened: read.opened, keys, file: read.file, isAnother });
    if (!answered.ok) return answered;
    const { exchangeId, repeated } = answered.value;
    if (!repeated) await giveBackFile(context);
    return done({ exchangeId, repeated });
  },
});
