import { z } from 'zod';
import { recordAttempt } from '@/db/commit';
import type { ExchangeEntry } from '@/db/exchange-entry';
import { readClock } from '@/db/read-clock';
import type { Rejection } from '@/lib/licensing/rejection';
import { considerFile, subjectOf } from './consider-file';
import { openFile } from './open-file';
import { defineOperation, done } from './operation';
import { auditOf, digestOfFile, newTroubleCode, refusedMembers, startExchange } from './write-entries';

/** The largest file that is kept. No request is larger (docs/formats/native.md, files). */
export const LARGEST_FILE_BYTES = 65_536;

/** A file as somebody brings it: untrusted bytes, and a name without characters that no name holds. */
export const submitInput = z.object({
  fileName: z
    .string()
    .max(255)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .nullable(),
  bytes: z.instanceof(Uint8Array),
});

/** Where a file that was handed in is found again, and whether it can be answered. */
export interface Submitted {
  readonly submissionId: string;
  readonly rejection: Rejection | null;
}

/**
 * Takes a file in: keeps it, opens it and finds out what answering it would mean. Changes nothing else. A file that cannot be opened or
 * granted is kept as well, with what was wrong.
 */
export const submitFile = defineOperation({
  name: 'exchange.submit',
  kind: 'command',
  permission: 'exchange:submit',
  input: submitInput,
  async run({ fileName, bytes }, context) {
    const keys = await context.keyring.current();
    const file = { fileName, fileSize: bytes.byteLength, fileDigest: digestOfFile(bytes), content: keep(bytes) };
    const read = await openFile({ name: fileName, bytes }, keys);
    if (!read.ok) {
      const at = context.now ?? (await readClock(context.db));
      const exchange: ExchangeEntry = {
        ...startExchange(context, { at, kind: 'unknown', outcome: 'refused' }),
        ...file,
        ...refusedMembers(read.rejection),
      };
      await recordAttempt(context.db, {
        exchange,
        audit: auditOf(context, exchange, { action: 'file.refused' }),
        cameBackId: null,
      });
      return done<Submitted>({ submissionId: exchange.id, rejection: read.rejection });
    }

    const considered = await considerFile(context, { opened: read.opened, keys });
    const { decision } = considered;
    const refused = decision.outcome === 'reject' ? decision.rejection : null;
    const exchange: ExchangeEntry = {
      ...startExchange(context, { at: considered.now, kind: considered.kind, outcome: 'previewed' }),
      ...file,
      ...subjectOf({ opened: read.opened, considered }),
      // Also for a file that can be answered: what refuses it later is asked about by the same code.
      troubleCode: newTroubleCode(),
      ...(refused && refusedMembers(refused)),
    };
    const audit = auditOf(context, exchange, { action: refused ? 'file.refused' : 'file.previewed' });
    await recordAttempt(context.db, { exchange, audit, cameBackId: considered.cameBackId });
    return done<Submitted>({ submissionId: exchange.id, rejection: refused });
  },
});

function keep(bytes: Uint8Array): Uint8Array | null {
  return bytes.byteLength > LARGEST_FILE_BYTES ? null : bytes;
}
