import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { ExchangeRow } from '@/db/exchange/read-exchange';
import { readSubmission } from '@/db/exchange/read-exchange';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import type { OpenedFile } from './open-file';
import { openFile } from './open-file';
import { LARGEST_FILE_BYTES } from './submit-file';

/** A file that was handed in, opened anew. */
export interface OpenedSubmission {
  readonly exchange: ExchangeRow;
  readonly keys: Keys;
  readonly read:
    | { readonly ok: true; readonly opened: OpenedFile; readonly file: Partial<ExchangeEntry> }
    | { readonly ok: false; readonly rejection: Rejection };
}

/** Opens a file that was handed in, within the actor's scope. Null when there is none. A file whose bytes were not kept is refused as it was then. */
export async function openSubmission(context: ActingContext, submissionId: string): Promise<OpenedSubmission | null> {
  const submission = await readSubmission(context.db, { scope: scopeOf(context.actor), submissionId });
  if (submission === null) return null;
  const { exchange, content, fileDigest } = submission;
  const keys = await context.keyring.current();
  if (content === null) {
    return { exchange, keys, read: { ok: false, rejection: whyNotKept(exchange) } };
  }
  const { fileName, kindAsked } = exchange;
  const bytes = await keys.files.open(content);
  const read = await openFile({ name: fileName, bytes, id: submissionId, ...(kindAsked && { kindAsked }) }, keys);
  if (!read.ok) return { exchange, keys, read };
  const file = { submissionId, fileName, fileSize: bytes.byteLength, fileDigest };
  return { exchange, keys, read: { ...read, file } };
}

/** Why the bytes of a file are not there: it was refused, and they were not kept or not for long; it was too large; or they were dropped in time. */
export function whyNotKept({ code, facts, fileSize }: Pick<ExchangeRow, 'code' | 'facts' | 'fileSize'>): Rejection {
  if (code !== null) return reject(code, facts);
  return (fileSize ?? 0) > LARGEST_FILE_BYTES ? reject('file-too-large', facts) : reject('file-not-kept');
}
