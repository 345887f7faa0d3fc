import { z } from 'zod';
import { readExchange, readTroubleCode } from '@/db/exchange/read-exchange';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { holdsSeatAt } from '@/lib/licensing/seats/activation';
import { describeHeldReturn } from '@/lib/licensing/seats/describe-seats';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import { codeShown } from '../entitlements/code-shown';
import type { EvaluatedActivation } from '../exchange/evaluate-activation';
import type { EvaluatedDeactivation } from '../exchange/evaluate-deactivation';
import type { Evaluated } from '../exchange/evaluate-file';
import { evaluateFile, scopeOfFile } from '../exchange/evaluate-file';
import type { OpenedSubmission } from '../exchange/open-file';
import { openSubmission } from '../exchange/open-file';
import { tellOlder } from '../exchange/preview-file';
import { readAnswer } from '../exchange/show-exchange';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { toldToGuest } from './guest-refusals';
import type { GuestActivation, GuestAnswered, GuestDeactivation, GuestFile, GuestRefused, GuestReturned } from './guest-shown';
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
  if (!read.ok) return done(await refused(context, submission, read.rejection));

  const evaluated = await evaluateFile(context, { opened: read.opened, keys });
  const { decision } = evaluated;
  if (decision.outcome === 'reject') return done(await refused(context, submission, decision.rejection));
  const found = decision.outcome === 'repeat' ? await answerOf(context, submission, evaluated) : previewOf(evaluated);
  return found === null ? refuse(reject('not-found')) : done(found);
}

async function refused(
  context: ActingContext,
  { exchange, read }: OpenedSubmission,
  rejection: Rejection,
): Promise<GuestRefused> {
  const atCommit = await readTroubleCode(context.db, { scope: scopeOf(context.actor), submissionId: exchange.id });
  const reference = atCommit ?? exchange.troubleCode ?? exchange.id.slice(0, 8);
  return { state: 'refused', rejection: toldToGuest(rejection), reference, isKept: read.ok };
}

function previewOf(evaluated: Evaluated): GuestFile | null {
  return evaluated.kind === 'activation' ? previewActivation(evaluated) : previewDeactivation(evaluated);
}

function previewActivation(evaluated: EvaluatedActivation): GuestActivation | null {
  const { decision, entitlement, request, now, clockSkewSeconds, bundle } = evaluated;
  if (entitlement === null || (decision.outcome !== 'grant' && decision.outcome !== 'renew')) return null;
  const { takesSeat, lease } = decision;
  const { seats: bought, seatsHeld: heldNow, productName } = entitlement;
  return {
    state: 'activation',
    now,
    deviceName: request.device.name,
    productName,
    seats: { bought, heldNow, heldThen: heldNow + (takesSeat ? 1 : 0) },
    isRenewal: decision.outcome === 'renew',
    takesSeat,
    lookalike: tellOlder(evaluated, { mayName: false }),
    mayBeAnother: evaluated.mayBeAnother && bundle === null,
    lease,
    code: codeShown(request),
    bundle: (bundle ?? []).flatMap(toLine),
    issuedAt: request.issuedAt,
    clockSkewSeconds,
  };
}

function toLine({ entitlement, decision }: EvaluatedActivation): GuestActivation['bundle'] {
  if (entitlement === null || (decision.outcome !== 'grant' && decision.outcome !== 'renew')) return [];
  const { productName, seats, seatsHeld } = entitlement;
  return [{ title: productName, seats, heldThen: seatsHeld + (decision.takesSeat ? 1 : 0) }];
}

function previewDeactivation({ decision, found, request, returns, now }: EvaluatedDeactivation): GuestDeactivation | null {
  if (found === null || decision.outcome !== 'return') return null;
  const { freesSeat } = decision;
  const { seats: bought, seatsHeld: heldNow, productName } = found.entitlement;
  return {
    state: 'deactivation',
    now,
    deviceName: found.device.name,
    productName,
    seats: { bought, heldNow, heldThen: heldNow - (freesSeat ? 1 : 0) },
    freesSeat,
    held: describeHeldReturn(decision, returns, now),
    issuedAt: request.issuedAt,
  };
}

/** What the file was answered with, whoever had it answered: read within what the file proves, not within what the browser did. */
async function answerOf(
  context: ActingContext,
  { keys, read }: OpenedSubmission,
  evaluated: Evaluated,
): Promise<GuestAnswered | GuestReturned | null> {
  const entitlement = evaluated.kind === 'activation' ? evaluated.entitlement : evaluated.found?.entitlement;
  const { decision, now } = evaluated;
  if (!read.ok || decision.outcome !== 'repeat' || entitlement == null) return null;
  const wanted = { scope: await scopeOfFile(context.actor, { opened: read.opened, keys }), exchangeId: decision.answeredBy };
  const [exchange, reply] = await Promise.all([readExchange(context.db, wanted), readAnswer(context, wanted)]);
  if (exchange === null) return null;
  const { seats: bought, seatsHeld, productName } = entitlement;
  const seats = { bought, heldNow: seatsHeld, heldThen: seatsHeld };
  const proven = { now, deviceName: exchange.deviceName ?? '', productName, seats };
  const activation = evaluated.kind === 'deactivation' ? (evaluated.found?.activation ?? null) : null;
  const isHeld = activation !== null && holdsSeatAt(activation, now);
  if (reply === null)
    return { ...proven, state: 'returned', returnedAt: exchange.at, heldUntil: isHeld ? activation.runsOutAt : null };
  return { ...proven, state: 'answered', reply, leaseEndsAt: exchange.leaseEndsAt };
}
