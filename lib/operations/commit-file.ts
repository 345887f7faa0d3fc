import { z } from 'zod';
import { readSubmission } from '@/db/read-exchange';
import { reject } from '@/lib/licensing/rejection';
import { scopeOf } from './actor';
import { answerFile } from './answer-file';
import { openFile } from './open-file';
import { defineOperation, refuse } from './operation';

/**
 * Answers a file that was handed in: takes, renews or frees the seat and keeps the answer for download. The same file again gets the same
 * answer. The file is opened and decided on anew; what the preview said is not trusted.
 */
export const commitFile = defineOperation({
  name: 'exchange.commit',
  kind: 'command',
  permission: 'exchange:commit',
  input: z.object({ submissionId: z.uuid() }),
  async run({ submissionId }, context) {
    const submission = await readSubmission(context.db, { scope: scopeOf(context.actor), submissionId });
    if (submission === null) return refuse(reject('not-found'));
    const { exchange, content, fileDigest } = submission;
    if (content === null) return refuse(reject('file-too-large'));

    const keys = await context.keyring.current();
    const read = await openFile({ name: exchange.fileName, bytes: content }, keys);
    if (!read.ok) return refuse(read.rejection);
    const file = { submissionId, fileName: exchange.fileName, fileSize: content.byteLength, fileDigest };
    return answerFile(context, { opened: read.opened, keys, file });
  },
});
