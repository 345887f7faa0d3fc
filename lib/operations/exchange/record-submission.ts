import { recordAttempt } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import { readClock } from '@/db/read-clock';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import { isRefusedFileTooMuch } from './budget';
import type { Evaluated } from './evaluate-file';
import { evaluateFile, subjectOf } from './evaluate-file';
import type { OpenedFile } from './open-file';
import { auditOf, digestOfFile, newTroubleCode, refusedMembers, startExchange } from './write-entries';

/**
 * A file that was written down, and what stands in the way of answering it. A refused one is not, where too much was refused by now: the
 * attempt says so (`heldBack`).
 */
export interface TakenIn {
  readonly submissionId: string;
  readonly rejection: Rejection | null;
}

interface Arrived {
  /** Id under which it is kept. */
  readonly id: string;
  readonly keys: Keys;
  readonly kindAsked: DeviceRequest['kind'] | null;
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
  /** Whether the bytes are kept, and not only how many they were and their digest. */
  readonly keeps: (rejection: Rejection | null) => boolean;
}

/** Writes down a file that cannot be opened, with what is wrong with it. */
export async function keepUnread(context: ActingContext, file: Arrived & { readonly rejection: Rejection }): Promise<TakenIn> {
  const { id: submissionId, rejection } = file;
  if (await isRefusedFileTooMuch(context)) return { submissionId, rejection };
  const at = context.now ?? (await readClock(context.db));
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at, kind: 'unknown', outcome: 'refused' }),
    ...(await fileMembers(file, rejection)),
    ...refusedMembers(context, rejection),
  };
  await recordAttempt(context.db, { exchange, audit: auditOf(context, exchange, { action: 'file.refused' }), cameBackId: null });
  return { submissionId, rejection };
}

/** Finds out what answering an opened file would mean, and writes that down with the file. Changes nothing else. */
export async function keepConsidered(
  context: ActingContext,
  file: Arrived & { readonly opened: OpenedFile },
): Promise<TakenIn & { readonly evaluated: Evaluated }> {
  const evaluated = await evaluateFile(context, file);
  const { decision } = evaluated;
  const rejection = decision.outcome === 'reject' ? decision.rejection : null;
  const taken = { submissionId: file.id, rejection, evaluated };
  if (rejection !== null && (await isRefusedFileTooMuch(context))) return taken;
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: evaluated.now, kind: evaluated.kind, outcome: 'previewed' }),
    ...(await fileMembers(file, rejection)),
    ...subjectOf({ opened: file.opened, evaluated }),
    // Also for a file that can be answered: what refuses it later is asked about by the same code.
    troubleCode: newTroubleCode(),
    ...(rejection && refusedMembers(context, rejection)),
  };
  const audit = auditOf(context, exchange, { action: rejection ? 'file.refused' : 'file.previewed' });
  await recordAttempt(context.db, { exchange, audit, cameBackId: evaluated.cameBackId });
  return taken;
}

async function fileMembers(
  { id, keys, kindAsked, fileName, bytes, keeps }: Arrived,
  rejection: Rejection | null,
): Promise<Pick<ExchangeEntry, 'id'> & Partial<ExchangeEntry>> {
  const content = keeps(rejection) ? await keys.files.seal(bytes) : null;
  return { id, kindAsked, fileName, fileSize: bytes.byteLength, fileDigest: digestOfFile(bytes), content };
}
