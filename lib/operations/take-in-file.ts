import { recordAttempt } from '@/db/commit';
import type { ExchangeEntry } from '@/db/exchange-entry';
import { readClock } from '@/db/read-clock';
import type { Rejection } from '@/lib/licensing/rejection';
import type { Considered } from './consider-file';
import { considerFile, subjectOf } from './consider-file';
import type { ActingContext } from './context';
import type { Keys } from './keyring';
import type { OpenedFile } from './open-file';
import { auditOf, digestOfFile, newTroubleCode, refusedMembers, startExchange } from './write-entries';

/** A file that was written down, and what stands in the way of answering it. */
export interface TakenIn {
  readonly submissionId: string;
  readonly rejection: Rejection | null;
}

interface Arrived {
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
  /** Whether the bytes are kept, and not only how many they were and their digest. */
  readonly keeps: (rejection: Rejection | null) => boolean;
}

/** Writes down a file that cannot be opened, with what is wrong with it. */
export async function keepUnread(context: ActingContext, file: Arrived & { readonly rejection: Rejection }): Promise<TakenIn> {
  const { rejection } = file;
  const at = context.now ?? (await readClock(context.db));
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at, kind: 'unknown', outcome: 'refused' }),
    ...fileMembers(file, rejection),
    ...refusedMembers(rejection),
  };
  await recordAttempt(context.db, { exchange, audit: auditOf(context, exchange, { action: 'file.refused' }), cameBackId: null });
  return { submissionId: exchange.id, rejection };
}

/** Finds out what answering an opened file would mean, and writes that down with the file. Changes nothing else. */
export async function keepConsidered(
  context: ActingContext,
  file: Arrived & { readonly opened: OpenedFile; readonly keys: Keys },
): Promise<TakenIn & { readonly considered: Considered }> {
  const considered = await considerFile(context, file);
  const { decision } = considered;
  const rejection = decision.outcome === 'reject' ? decision.rejection : null;
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: considered.now, kind: considered.kind, outcome: 'previewed' }),
    ...fileMembers(file, rejection),
    ...subjectOf({ opened: file.opened, considered }),
    // Also for a file that can be answered: what refuses it later is asked about by the same code.
    troubleCode: newTroubleCode(),
    ...(rejection && refusedMembers(rejection)),
  };
  const audit = auditOf(context, exchange, { action: rejection ? 'file.refused' : 'file.previewed' });
  await recordAttempt(context.db, { exchange, audit, cameBackId: considered.cameBackId });
  return { submissionId: exchange.id, rejection, considered };
}

function fileMembers({ fileName, bytes, keeps }: Arrived, rejection: Rejection | null): Partial<ExchangeEntry> {
  const content = keeps(rejection) ? bytes : null;
  return { fileName, fileSize: bytes.byteLength, fileDigest: digestOfFile(bytes), content };
}
