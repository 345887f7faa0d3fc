import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isGuestExchangeOn } from '@/db/catalogue/write-product';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { OpenedFile } from '../exchange/open-file';
import { LARGEST_FILE_BYTES, openFile } from '../exchange/open-file';
import type { SubmitInput, Submitted } from '../exchange/submit-file';
import { kindAsked, readUnclear, recordOpened, recordUnreadable, submitInput } from '../exchange/submit-file';
import type { Keys } from '../keys/keyring';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { provesNothing, toldToGuest } from './guest-refusals';
import { countAsFailure, countByClient, countByCode, forgiveFailure } from './guest-throttle';

/** Whether files can be exchanged without signing in at all: whether the page is there. */
export const guestOffered = defineOperation({
  name: 'guest.offered',
  kind: 'query',
  permission: 'guest-exchange:use',
  input: z.object({}),
  run: async (_, { db }) => done({ isOffered: await isGuestExchangeOn(db) }),
});

/** Where a guest's file is found again, in the same browser. */
export interface GuestSubmitted {
  readonly submissionId: string;
  readonly rejection: Rejection | null;
  /** The file was answered before. */
  readonly repeated: boolean;
}

/**
 * Takes a file in from somebody who is not signed in, opens it and finds out what answering it would mean, as far as the file proves its
 * right. Of files that prove nothing no bytes are kept, so that nobody fills the disk with them.
 *
 * @returns `not-found` when no product has the exchange without signing in switched on; `too-many-attempts`
 */
export const guestSubmit = defineOperation({
  name: 'guest.submit',
  kind: 'command',
  permission: 'guest-exchange:use',
  input: submitInput,
  run: (input, context) => takeInOfGuest(context, input),
});

/** Says what a guest's file asks for that tells by neither itself nor its name: it is handed in once more, with that. */
export const guestSayKind = defineOperation({
  name: 'guest.say-kind',
  kind: 'command',
  permission: 'guest-exchange:use',
  input: z.object({ submissionId: z.uuid(), kind: kindAsked }),
  async run({ submissionId, kind }, context): Promise<Result<GuestSubmitted>> {
    const file = await readUnclear(context, submissionId);
    return file === null ? refuse(reject('not-found')) : takeInOfGuest(context, { ...file, kindAsked: kind });
  },
});

async function takeInOfGuest(
  context: ActingContext,
  { fileName, bytes, kindAsked: asked }: SubmitInput,
): Promise<Result<GuestSubmitted>> {
  if (!(await isGuestExchangeOn(context.db))) return refuse(reject('not-found'));
  const heldBack = (await countByClient(context)) ?? (await countAsFailure(context));
  if (heldBack !== null) return refuse(heldBack);

  const keys = await context.keyring.current();
  const id = randomUUID();
  const read = await openFile(context, { file: { name: fileName, bytes, id, ...(asked && { kindAsked: asked }) }, keys });
  const file = { id, keys, kindAsked: asked, fileName, bytes };
  if (read.ok) return takeIn(context, { ...file, opened: read.opened });
  // Signed by an application of the vendor's, and only not clear: it is asked about, and kept for the answer.
  const isUnclear = read.rejection.code === 'file-kind-unclear';
  if (isUnclear) await forgiveFailure(context);
  const taken = await recordUnreadable(context, { ...file, keeps: () => isUnclear, rejection: read.rejection });
  return done(told({ ...taken, repeated: false }));
}

interface Readable {
  readonly id: string;
  readonly kindAsked: SubmitInput['kindAsked'];
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
  readonly opened: OpenedFile;
  readonly keys: Keys;
}

async function takeIn(context: ActingContext, file: Readable): Promise<Result<GuestSubmitted>> {
  const heldBack = await countByCode(context, file);
  if (heldBack !== null) return refuse(heldBack);
  const keeps = (rejection: Rejection | null) =>
    file.bytes.byteLength <= LARGEST_FILE_BYTES && (rejection === null || !provesNothing(rejection));
  const { evaluated, ...taken } = await recordOpened(context, { ...file, keeps });
  if (taken.rejection === null || !provesNothing(taken.rejection)) await forgiveFailure(context);
  return done(told({ ...taken, repeated: evaluated.decision.outcome === 'repeat' }));
}

function told({ submissionId, rejection, repeated }: Submitted & { readonly repeated: boolean }): GuestSubmitted {
  return { submissionId, rejection: rejection && toldToGuest(rejection), repeated };
}
