import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readClock } from '@/db/clock';
import { recordAttempt } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import { readSubmission } from '@/db/exchange/read-exchange';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import { countFile, isRefusedFileTooOften } from '../limits/budget';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import type { Evaluated } from './evaluate-file';
import { evaluateFile } from './evaluate-file';
import type { OpenedFile } from './open-file';
import { digestOfFile, LARGEST_FILE_BYTES, openFile } from './open-file';
import { auditOf, newTroubleCode, refusedMembers, startExchange, subjectOf } from './record-exchange';

/** What a file asks for, as the person states. */
export const kindAsked = z.enum(['activation', 'deactivation']);

/** An uploaded file: untrusted bytes, and a name without control characters. */
export const submitInput = z.object({
  fileName: boundedText(255)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .nullable(),
  bytes: z.instanceof(Uint8Array),
  /** What the file asks for, as the person states; null unless the file was refused with `file-kind-unclear`. */
  kindAsked: kindAsked.nullable().default(null),
});

export type SubmitInput = z.output<typeof submitInput>;

/** The id of a submission, and why its file cannot be answered; null when it can. */
export interface Submitted {
  readonly submissionId: string;
  readonly rejection: Rejection | null;
}

/** Opens and evaluates an uploaded file and records it as an exchange, with the rejection when it cannot be answered. Changes nothing else. */
export const submitFile = defineOperation({
  name: 'exchange.submit',
  kind: 'command',
  permission: 'exchange:submit',
  input: submitInput,
  countsItself: true,
  run: (input, context) => submit(context, input),
});

/** Submits a file that was refused with `file-kind-unclear` once more, with the kind that the person states. */
export const stateKind = defineOperation({
  name: 'exchange.say-kind',
  kind: 'command',
  permission: 'exchange:submit',
  input: z.object({ submissionId: z.uuid(), kind: kindAsked }),
  countsItself: true,
  async run({ submissionId, kind }, context): Promise<Result<Submitted>> {
    const file = await readUnclear(context, submissionId);
    return file === null ? refuse(reject('not-found')) : submit(context, { ...file, kindAsked: kind });
  },
});

async function submit(context: ActingContext, { fileName, bytes, kindAsked: asked }: SubmitInput): Promise<Result<Submitted>> {
  const heldBack = await countFile(context);
  if (heldBack !== null) return refuse(heldBack);
  const keys = await context.keyring.current();
  const id = randomUUID();
  const read = await openFile(context, { file: { name: fileName, bytes, id, ...(asked && { kindAsked: asked }) }, keys });
  const keeps = () => bytes.byteLength <= LARGEST_FILE_BYTES;
  const file = { id, keys, kindAsked: asked, fileName, bytes, keeps };
  const { submissionId, rejection } = read.ok
    ? await recordOpened(context, { ...file, opened: read.opened })
    : await recordUnreadable(context, { ...file, rejection: read.rejection });
  return context.attempt.heldBack === null ? done({ submissionId, rejection }) : refuse(context.attempt.heldBack);
}

/** Reads the bytes and the name of a file that was refused with `file-kind-unclear`; null when there is none within the actor's scope. */
export async function readUnclear(
  context: ActingContext,
  submissionId: string,
): Promise<Pick<SubmitInput, 'fileName' | 'bytes'> | null> {
  const submission = await readSubmission(context.db, { scope: scopeOf(context.actor), submissionId });
  if (submission?.content == null || submission.exchange.code !== 'file-kind-unclear') return null;
  const { files } = await context.keyring.current();
  return { fileName: submission.exchange.fileName, bytes: Uint8Array.from(await files.decrypt(submission.content)) };
}

interface Arrived {
  /** The id of its exchange. */
  readonly id: string;
  readonly keys: Keys;
  readonly kindAsked: SubmitInput['kindAsked'];
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
  /** Whether to store the bytes as well as their number and digest. */
  readonly keeps: (rejection: Rejection | null) => boolean;
}

/** Records a file that cannot be opened, with its rejection, while the budget for refused files lasts; afterwards sets `attempt.heldBack`. */
export async function recordUnreadable(
  context: ActingContext,
  file: Arrived & { readonly rejection: Rejection },
): Promise<Submitted> {
  const { id: submissionId, rejection } = file;
  if (await isRefusedFileTooOften(context)) return { submissionId, rejection };
  const at = context.now ?? (await readClock(context.db));
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at, kind: 'unknown', outcome: 'refused' }),
    ...(await fileMembers(file, rejection)),
    ...refusedMembers(context, rejection),
  };
  await recordAttempt(context.db, { exchange, audit: auditOf(context, exchange, { action: 'file.refused' }), cameBackId: null });
  return { submissionId, rejection };
}

/** Evaluates an opened file and records it with the outcome; a refused one only while the budget lasts, otherwise sets `attempt.heldBack`. */
export async function recordOpened(
  context: ActingContext,
  file: Arrived & { readonly opened: OpenedFile },
): Promise<Submitted & { readonly evaluated: Evaluated }> {
  const evaluated = await evaluateFile(context, file);
  const { decision } = evaluated;
  const rejection = decision.outcome === 'reject' ? decision.rejection : null;
  const submitted = { submissionId: file.id, rejection, evaluated };
  if (rejection !== null && (await isRefusedFileTooOften(context))) return submitted;
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: evaluated.now, kind: evaluated.kind, outcome: 'previewed' }),
    ...(await fileMembers(file, rejection)),
    ...subjectOf(evaluated),
    // Also for a file that can be answered: a later refusal is found by the same code.
    troubleCode: newTroubleCode(),
    ...(rejection && refusedMembers(context, rejection)),
  };
  const audit = auditOf(context, exchange, { action: rejection ? 'file.refused' : 'file.previewed' });
  await recordAttempt(context.db, { exchange, audit, cameBackId: evaluated.cameBackId });
  return submitted;
}

async function fileMembers(
  { id, keys, kindAsked, fileName, bytes, keeps }: Arrived,
  rejection: Rejection | null,
): Promise<Pick<ExchangeEntry, 'id'> & Partial<ExchangeEntry>> {
  const content = keeps(rejection) ? await keys.files.encrypt(bytes) : null;
  return { id, kindAsked, fileName, fileSize: bytes.byteLength, fileDigest: digestOfFile(bytes), content };
}
