import { randomUUID } from 'node:crypto';
import { insertInspection } from '@/db/support/inspections';
import { instantOf, operatorAudit } from '../audit/operator-audit';
import { digestOfFile, LARGEST_FILE_BYTES } from '../exchange/open-file';
import { submitInput } from '../exchange/submit-file';
import { countFile } from '../limits/budget';
import { defineOperation, done, refuse } from '../operation';

/** Stores a file for support to inspect, apart from submissions: it cannot be answered. Returns the id of the inspection. */
export const inspectFile = defineOperation({
  name: 'file.inspect',
  kind: 'command',
  permission: 'file:inspect',
  input: submitInput,
  countsItself: true,
  async run({ fileName, bytes }, context) {
    const heldBack = await countFile(context);
    if (heldBack !== null) return refuse(heldBack);
    const at = await instantOf(context);
    const id = randomUUID();
    const [fileSize, fileDigest] = [bytes.byteLength, digestOfFile(bytes)];
    const { files } = await context.keyring.current();
    const content = bytes.byteLength > LARGEST_FILE_BYTES ? null : await files.encrypt(bytes);
    await insertInspection(context.db, {
      inspection: { id, at, actor: context.actor.label, fileName, fileSize, fileDigest, content },
      audit: operatorAudit(context, { at, action: 'file.inspected', detail: { inspectionId: id, fileDigest } }),
    });
    return done({ inspectionId: id });
  },
});
