import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import { commitOpened } from '../exchange/commit-file';
import { scopeOfFile } from '../exchange/evaluate-file';
import { readAnswer } from '../exchange/show-exchange';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import type { OpenedCall } from './open-call';
import { callInput, countUser, forgiveUser, openCall } from './open-call';

/** The answer to a call: the content of the file that a person would have downloaded. */
export interface CallAnswer {
  readonly text: string;
  /** The same request was answered before, and this is the same answer. */
  readonly isRepeated: boolean;
}

/** Answers an activation request of an application: opens, evaluates and commits it at once, as if a person had handed it in. */
export const activate = defineOperation({
  name: 'licensespring.activate',
  kind: 'command',
  permission: 'application:exchange',
  input: callInput,
  run: ({ bytes }, context): Promise<Result<CallAnswer>> => answerCall(context, { bytes, as: 'single' }),
});

/** Accepts a deactivation of an application: opens, evaluates and commits it at once. */
export const deactivate = defineOperation({
  name: 'licensespring.deactivate',
  kind: 'command',
  permission: 'application:exchange',
  input: callInput,
  async run({ bytes }, context): Promise<Result<{ readonly isRepeated: boolean }>> {
    const read = await openCall(context, { bytes, kind: 'deactivation' });
    if (!read.ok) return refuse(read.rejection);
    if (read.call.opened.request.kind !== 'deactivation') return refuse(reject('file-kind-unclear'));
    const answered = await commitOpened(context, read.call);
    return answered.ok ? done({ isRepeated: answered.value.repeated }) : answered;
  },
});

/** Answers an activation request for one licence, or for all licences of a bundle. A wrong password stays counted; every other outcome is forgiven. */
async function answerCall(
  context: ActingContext,
  { bytes, as }: { bytes: Uint8Array; as: 'single' | 'bundle' },
): Promise<Result<CallAnswer>> {
  const read = await openCall(context, { bytes, kind: 'activation' });
  if (!read.ok) return refuse(read.rejection);
  const { call } = read;
  const heldBack = await countUser(context, call);
  if (heldBack !== null) return refuse(heldBack);
  const answered = await commitOpened(context, { ...call, as });
  if (answered.ok || !isWrongPassword(answered.rejection)) await forgiveUser(context, call);
  if (!answered.ok) return answered;
  const { exchangeId, repeated, encrypted } = answered.value;
  const text = encrypted === undefined ? await textOf(context, { call, exchangeId }) : await decryptText(call, encrypted);
  return done({ text, isRepeated: repeated });
}

/** Whether the password was wrong, for the licence or for one of the bundle. */
function isWrongPassword({ code, facts }: Rejection): boolean {
  return code === 'licensespring-user-refused' || facts.reason === 'licensespring-user-refused';
}

async function decryptText({ keys }: OpenedCall, encrypted: Uint8Array): Promise<string> {
  return new TextDecoder().decode(await keys.files.decrypt(encrypted));
}

/** Reads the stored answer, within the scope that the file proves. */
async function textOf(context: ActingContext, { call, exchangeId }: { call: OpenedCall; exchangeId: string }): Promise<string> {
  const scope = await scopeOfFile(context.actor, call);
  const answer = await readAnswer(context, { scope, exchangeId });
  if (answer === null) throw new Error(`expected the answer ${exchangeId}, found none`);
  return answer.text;
}

/** Answers a request of an application for a bundle: all its licences in one file, or none. */
export const activateBundle = defineOperation({
  name: 'licensespring.activate-bundle',
  kind: 'command',
  permission: 'application:exchange',
  input: callInput,
  run: ({ bytes }, context): Promise<Result<CallAnswer>> => answerCall(context, { bytes, as: 'bundle' }),
});
