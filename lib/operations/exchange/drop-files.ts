import { z } from 'zod';
import { dropFiles, listOwnersOfFiles } from '@/db/exchange/file-retention';
import { instantOf, operatorAudit } from '../audit/operator-audit';
import { defineOperation, done } from '../operation';

/** The most files of one customer that one run drops. The rest waits for the next run. */
const MOST_FILES = 5000;
const DAY_MS = 86_400_000;

/**
 * Deletes the bytes of files that came in more than `days` days ago. Exchanges and answers stay. The audit of each customer records how many
 * files were dropped.
 */
export const dropOldFiles = defineOperation({
  name: 'file.drop',
  kind: 'command',
  permission: 'file:drop',
  input: z.strictObject({ days: z.int().min(1) }),
  async run({ days }, context) {
    const { db } = context;
    const at = await instantOf(context);
    const before = new Date(at.getTime() - days * DAY_MS);
    const audit = operatorAudit(context, { at, action: 'file.dropped' });
    let files = 0;
    for (const customerId of await listOwnersOfFiles(db, { before })) {
      files += await dropFiles(db, { customerId, before, limit: MOST_FILES, audit });
    }
    return done({ files });
  },
});
