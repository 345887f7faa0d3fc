import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { OpenedFile } from '../exchange/open-file';
import { digestOfFile, openFile } from '../exchange/open-file';
import { recordUnreadable } from '../exchange/submit-file';
import type { Keys } from '../keys/keyring';
import { LIMITS } from '../limits/limits';
import { countAgainst, forgive } from '../limits/rate-limit';
import { licenseSpringPlugin } from './plugin';

/** The body of a call: the content of a file. */
export const callInput = z.object({ bytes: z.instanceof(Uint8Array) });

/** A file that an application sent, opened. `file` is stored in the same row as its answer. */
export interface OpenedCall {
  readonly opened: OpenedFile;
  readonly keys: Keys;
  readonly file: Partial<ExchangeEntry>;
}

type Opened = { readonly ok: true; readonly call: OpenedCall } | { readonly ok: false; readonly rejection: Rejection };

/** Opens a call as a file of the given kind. A file that cannot be opened is recorded without its bytes. */
export async function openCall(
  context: ActingContext,
  { bytes, kind }: { bytes: Uint8Array; kind: DeviceRequest['kind'] },
): Promise<Opened> {
  const keys = await context.keyring.current();
  const id = randomUUID();
  const read = await openFile(context, {
    file: { name: null, bytes, id, calledFor: kind },
    keys,
    dialect: licenseSpringPlugin,
  });
  if (!read.ok) {
    const { rejection } = read;
    await recordUnreadable(context, { id, keys, kindAsked: kind, fileName: null, bytes, keeps: () => false, rejection });
    return { ok: false, rejection };
  }
  const content = await keys.files.encrypt(bytes);
  const file = { fileName: null, fileSize: bytes.byteLength, fileDigest: digestOfFile(bytes), content, kindAsked: kind };
  return { ok: true, call: { opened: read.opened, keys, file } };
}

/** Counts a try of a user's password before it is verified, over all network addresses. Keys are too long to guess, so they are not counted. */
export async function countUser(context: ActingContext, { opened, keys }: OpenedCall): Promise<Rejection | null> {
  const key = await userKeyOf(opened.request, keys);
  const retryAt = key === null ? null : await countAgainst(context.db, LIMITS.licenceUserTries, key);
  return retryAt === null ? null : reject('too-many-attempts', { retryAt: retryAt.toISOString() });
}

/** Takes the count of {@link countUser} back, when the password was not wrong. */
export async function forgiveUser(context: ActingContext, { opened, keys }: OpenedCall): Promise<void> {
  const key = await userKeyOf(opened.request, keys);
  if (key !== null) await forgive(context.db, LIMITS.licenceUserTries, key);
}

async function userKeyOf(request: DeviceRequest, keys: Keys): Promise<string | null> {
  if (request.kind !== 'activation' || request.codeKind !== 'licensespring-user') return null;
  return keys.digestCode(request.activationCode, request.codeKind);
}
