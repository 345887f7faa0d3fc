import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Rejection } from '@/lib/licensing/rejection';
import { openFile } from './open-file';
import { defineOperation, done } from './operation';
import { keepConsidered, keepUnread } from './take-in-file';

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
    const id = randomUUID();
    const read = await openFile({ name: fileName, bytes, id }, keys);
    const keeps = () => bytes.byteLength <= LARGEST_FILE_BYTES;
    const file = { id, keys, kindAsked: null, fileName, bytes, keeps };
    const taken = read.ok
      ? await keepConsidered(context, { ...file, opened: read.opened })
      : await keepUnread(context, { ...file, rejection: read.rejection });
    return done<Submitted>({ submissionId: taken.submissionId, rejection: taken.rejection });
  },
});
