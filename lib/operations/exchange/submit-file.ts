import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readSubmission } from '@/db/exchange/read-exchange';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { countFile } from './budget';
import { openFile } from './open-file';
import { keepConsidered, keepUnread } from './record-submission';

/** The largest file that is kept. No request is larger (docs/formats/native.md, files). */
export const LARGEST_FILE_BYTES = 65_536;

/** What a file asks for, as its bringer says. */
export const kindAsked = z.enum(['activation', 'deactivation']);

/** A file as somebody brings it: untrusted bytes, and a name without characters that no name holds. */
export const submitInput = z.object({
  fileName: boundedText(255)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .nullable(),
  bytes: z.instanceof(Uint8Array),
  /** What its bringer says it asks for, where file and name may not tell. */
  kindAsked: kindAsked.nullable().default(null),
});

export type SubmitInput = z.output<typeof submitInput>;

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
  countsItself: true,
  run: (input, context) => recordSubmission(context, input),
});

/** Says what a file asks for that was handed in and tells by neither itself nor its name: it is handed in once more, with that. */
export const sayKind = defineOperation({
  name: 'exchange.say-kind',
  kind: 'command',
  permission: 'exchange:submit',
  input: z.object({ submissionId: z.uuid(), kind: kindAsked }),
  countsItself: true,
  async run({ submissionId, kind }, context): Promise<Result<Submitted>> {
    const file = await readUnclear(context, submissionId);
    return file === null ? refuse(reject('not-found')) : recordSubmission(context, { ...file, kindAsked: kind });
  },
});

/** The bytes and the name of a file that was refused because it does not say what it asks for, within the actor's scope. */
export async function readUnclear(
  context: ActingContext,
  submissionId: string,
): Promise<Pick<SubmitInput, 'fileName' | 'bytes'> | null> {
  const submission = await readSubmission(context.db, { scope: scopeOf(context.actor), submissionId });
  if (submission?.content == null || submission.exchange.code !== 'file-kind-unclear') return null;
  const { files } = await context.keyring.current();
  return { fileName: submission.exchange.fileName, bytes: Uint8Array.from(await files.open(submission.content)) };
}

async function recordSubmission(
  context: ActingContext,
  { fileName, bytes, kindAsked: asked }: SubmitInput,
): Promise<Result<Submitted>> {
  const heldBack = await countFile(context);
  if (heldBack !== null) return refuse(heldBack);
  const keys = await context.keyring.current();
  const id = randomUUID();
  const read = await openFile({ name: fileName, bytes, id, ...(asked && { kindAsked: asked }) }, keys);
  const keeps = () => bytes.byteLength <= LARGEST_FILE_BYTES;
  const file = { id, keys, kindAsked: asked, fileName, bytes, keeps };
  const { submissionId, rejection } = read.ok
    ? await keepConsidered(context, { ...file, opened: read.opened })
    : await keepUnread(context, { ...file, rejection: read.rejection });
  return context.attempt.heldBack === null ? done({ submissionId, rejection }) : refuse(context.attempt.heldBack);
}
