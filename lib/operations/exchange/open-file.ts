import { hash } from 'node:crypto';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { ExchangeRow } from '@/db/exchange/read-exchange';
import { readSubmission } from '@/db/exchange/read-exchange';
import { detectDialect } from '@/lib/dialects/detect-dialect';
import type { Observe, UploadedFile } from '@/lib/dialects/dialect';
import { DialectError } from '@/lib/dialects/dialect';
import { MAX_FILE_BYTES } from '@/lib/dialects/read-text';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import { requestKeyOf } from '@/lib/licensing/exchange/request-key';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import type { ActingContext, OperationContext } from '../context';
import type { DialectPlugin } from '../dialects/plugin';
import { dialectsOf } from '../dialects/registry';
import type { Keys } from '../keys/keyring';

/** The largest file whose bytes are stored. */
export const LARGEST_FILE_BYTES = MAX_FILE_BYTES;

/** A file whose signature was verified. */
export interface OpenedFile {
  readonly dialect: DialectPlugin;
  readonly request: DeviceRequest;
  /** Identifies the request in the database. Made of verified content alone, never of the uploaded text. */
  readonly requestKey: string;
}

/** An opened file, or the rejection. */
export type ReadFile = { readonly ok: true; readonly opened: OpenedFile } | { readonly ok: false; readonly rejection: Rejection };

interface ToOpen {
  readonly file: UploadedFile;
  readonly keys: Keys;
  readonly observe?: Observe;
  /** Left out: detected from the file. */
  readonly dialect?: DialectPlugin;
}

/** Opens an uploaded file: detects its dialect and verifies it. The one place where a bad file becomes a rejection. */
export async function openFile(
  context: Pick<OperationContext, 'dialects'>,
  { file, keys, observe, dialect: known }: ToOpen,
): Promise<ReadFile> {
  try {
    const dialect = known ?? detectDialect(dialectsOf(context), file, observe);
    const request = await dialect.open(file, keys, observe);
    return { ok: true, opened: { dialect, request, requestKey: requestKeyOf(request) } };
  } catch (error) {
    if (error instanceof DialectError) return { ok: false, rejection: error.rejection };
    throw error;
  }
}

/** A submission whose file was opened anew. */
export interface OpenedSubmission {
  readonly exchange: ExchangeRow;
  readonly keys: Keys;
  readonly read:
    | { readonly ok: true; readonly opened: OpenedFile; readonly file: Partial<ExchangeEntry> }
    | { readonly ok: false; readonly rejection: Rejection };
}

/** Opens the file of a submission anew. @returns null when there is none within the actor's scope; a rejection when its bytes are not stored */
export async function openSubmission(context: ActingContext, submissionId: string): Promise<OpenedSubmission | null> {
  const submission = await readSubmission(context.db, { scope: scopeOf(context.actor), submissionId });
  if (submission === null) return null;
  const { exchange, content, fileDigest } = submission;
  const keys = await context.keyring.current();
  if (content === null) return { exchange, keys, read: { ok: false, rejection: rejectMissingBytes(exchange) } };
  const { fileName, kindAsked } = exchange;
  const bytes = await keys.files.decrypt(content);
  const read = await openFile(context, {
    file: { name: fileName, bytes, id: submissionId, ...(kindAsked && { kindAsked }) },
    keys,
  });
  if (!read.ok) return { exchange, keys, read };
  return { exchange, keys, read: { ...read, file: { submissionId, fileName, fileSize: bytes.byteLength, fileDigest } } };
}

/** The rejection for a file whose bytes are not stored: the one it was refused with, `file-too-large`, or `file-not-kept` after they were dropped. */
export function rejectMissingBytes({ code, facts, fileSize }: Pick<ExchangeRow, 'code' | 'facts' | 'fileSize'>): Rejection {
  if (code !== null) return reject(code, facts);
  return (fileSize ?? 0) > LARGEST_FILE_BYTES ? reject('file-too-large', facts) : reject('file-not-kept');
}

/** SHA-256 of a file in hex, as shown to people. */
export function digestOfFile(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
