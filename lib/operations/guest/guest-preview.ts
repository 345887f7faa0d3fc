import { z } from 'zod';
import { readExchange, readTroubleCode } from '@/db/exchange/read-exchange';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { holdsSeatAt } from '@/lib/licensing/seats/activation';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import type { FilePreview } from '../exchange/describe-preview';
import { describePreview } from '../exchange/describe-preview';
import type { Evaluated } from '../exchange/evaluate-file';
import { evaluateFile, scopeOfFile } from '../exchange/evaluate-file';
import type { OpenedSubmission } from '../exchange/open-file';
import { openSubmission } from '../exchange/open-file';
import { readAnswer } from '../exchange/show-exchange';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { toldToGuest } from './guest-refusals';
import type { GuestAnswered, GuestFile, GuestRefused, GuestReturned, Proven } from './guest-shown';
import { countLook } from './guest-throttle';

const input = z.object({ submissionId: z.uuid() });

/** Shows a guest the file that this browser handed in: what answering it would change, its answer, or why there is none. */
export const guestPreview = defineOperation({
  name: 'guest.preview',
  kind: 'query',
  permission: 'guest-exchange:use',
  input,
  run: ({ submissionId }, context): Promise<Result<GuestFile>> => show(context, submissionId),
});

/** The answer to a guest's file, byte for byte as it was made. */
export const guestDownload = defineOperation({
  name: 'guest.download',
  kind: 'query',
  permission: 'guest-exchange:use',
  input,
  async run({ submissionId }, context): Promise<Result<GuestAnswered['reply']>> {
    const shown = await show(context, submissionId);
    if (!shown.ok) return shown;
    return shown.value.state === 'answered' ? done(shown.value.reply) : refuse(reject('not-found'));
  },
});

async function show(context: ActingContext, submissionId: string): Promise<Result<GuestFile>> {
  const heldBack = await countLook(context);
  if (heldBack !== null) return refuse(heldBack);
  const submission = await openSubmission(context, submissionId);
  if (submission === null) return refuse(reject('not-found'));
  const { keys, read } = submission;
  if (!read.ok) return done(await refused(context, submission, toldToGuest(read.rejection)));

  const evaluated = await evaluateFile(context, { opened: read.opened, keys });
  const preview = describePreview(evaluated, context.actor.role);
  if (preview.rejection !== null) return done(await refused(context, submission, preview.rejection));
  const found = await describeToGuest(context, { submission, evaluated, preview });
  return found === null ? refuse(reject('not-found')) : done(found);
}

async function refused(
  context: ActingContext,
  { exchange, read }: OpenedSubmission,
  rejection: Rejection,
): Promise<GuestRefused> {
  const atCommit = await readTroubleCode(context.db, { scope: scopeOf(context.actor), submissionId: exchange.id });
  const reference = atCommit ?? exchange.troubleCode ?? exchange.id.slice(0, 8);
  return { state: 'refused', rejection, reference, isKept: read.ok };
}

interface Shown {
  readonly submission: OpenedSubmission;
  readonly evaluated: Evaluated;
  readonly preview: FilePreview;
}

async function describeToGuest(context: ActingContext, shown: Shown): Promise<GuestFile | null> {
  const { preview } = shown;
  const { now, deviceName, productName, seats } = preview;
  if (deviceName === null || productName === null || seats === null) return null;
  const proven = { now, deviceName, productName, seats };
  if (preview.answeredBy !== null) return answerOf(context, shown, { ...proven, exchangeId: preview.answeredBy });
  // Member by member, so that nothing else of a preview reaches a page by being left on it.
  if (preview.kind === 'deactivation') {
    const { freesSeat, seat, issuedAt } = preview;
    return { ...proven, state: 'deactivation', freesSeat, seat, issuedAt };
  }
  const { isRenewal, takesSeat, seat, mayBeAnother, code, bundle, issuedAt, clockSkewSeconds, lease } = preview;
  const told = { isRenewal, takesSeat, seat, mayBeAnother, code, bundle, issuedAt, clockSkewSeconds };
  return lease && { ...proven, state: 'activation', ...told, lease };
}

/** What the file was answered with, whoever had it answered: read within what the file proves, not within what the browser did. */
async function answerOf(
  context: ActingContext,
  { submission: { keys, read }, evaluated }: Shown,
  { exchangeId, ...known }: Proven & { readonly exchangeId: string },
): Promise<GuestAnswered | GuestReturned | null> {
  if (!read.ok) return null;
  const wanted = { scope: await scopeOfFile(context.actor, { opened: read.opened, keys }), exchangeId };
  const [exchange, reply] = await Promise.all([readExchange(context.db, wanted), readAnswer(context, wanted)]);
  if (exchange === null) return null;
  const proven = { ...known, deviceName: exchange.deviceName ?? '' };
  if (reply !== null) return { ...proven, state: 'answered', reply, leaseEndsAt: exchange.leaseEndsAt };
  const activation = evaluated.kind === 'deactivation' ? (evaluated.found?.activation ?? null) : null;
  const isHeld = activation !== null && holdsSeatAt(activation, known.now);
  return { ...proven, state: 'returned', returnedAt: exchange.at, heldUntil: isHeld ? activation.runsOutAt : null };
}
