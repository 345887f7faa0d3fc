import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAttempt } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import { violatedUnique } from '@/db/postgres-error';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import { forgiveFile, isRefusedTooOften } from '../limits/budget';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { commitActivation } from './commit-activation';
import { commitDeactivation } from './commit-deactivation';
import type { PlaceInQueue } from './device-queue';
import { placeInQueue } from './device-queue';
import type { Evaluated, ToEvaluate } from './evaluate-file';
import { evaluateFile } from './evaluate-file';
import { openSubmission } from './open-file';
import { auditOf, refusedMembers, startExchange, subjectOf } from './record-exchange';
import { retryCommit } from './retry-commit';

/**
 * Answers a submission: takes, renews or frees the seat and stores the answer for download. The same file gets the same answer every time. The
 * file is opened and evaluated anew; the preview is not trusted.
 */
export const commitFile = defineOperation({
  name: 'exchange.commit',
  kind: 'command',
  permission: 'exchange:commit',
  input: z.object({
    submissionId: z.uuid(),
    /** The person states that it is another machine than the one it looks like: it takes a seat of its own. */
    isAnother: z.boolean().default(false),
  }),
  async run({ submissionId, isAnother }, context) {
    const submission = await openSubmission(context, submissionId);
    if (submission === null) return refuse(reject('not-found'));
    const { keys, read } = submission;
    if (!read.ok) return refuse(read.rejection);
    const committed = await commitOpened(context, { opened: read.opened, keys, file: read.file, isAnother });
    if (!committed.ok) return committed;
    const { exchangeId, repeated } = committed.value;
    if (!repeated) await forgiveFile(context);
    return done({ exchangeId, repeated });
  },
});

/** The exchange that holds the answer to a file, and whether the file had been answered before. */
export interface Committed {
  readonly exchangeId: string;
  readonly repeated: boolean;
  /** The answer, encrypted as it is stored; left out where it was made at another time, or there is none. */
  readonly encrypted?: Uint8Array;
}

interface ToCommit extends ToEvaluate {
  /** Columns of the exchange that describe the file itself. */
  readonly file: Partial<ExchangeEntry>;
}

/** Answers an opened file: evaluates, seals and commits, and repeats that until the outcome is definite. Records a refusal as well. */
export async function commitOpened(context: ActingContext, input: ToCommit): Promise<Result<Committed>> {
  // One id for all attempts: it shows whether an attempt committed before its connection was lost.
  const file = { ...input.file, id: randomUUID() };
  const place = placeInQueue(context.db, input.opened.requestKey);
  try {
    const outcome = await retryCommit(() => attempt(context, { ...input, file, place }));
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  } finally {
    place.leave();
  }
}

/** A file with the id of its exchange and its place in the queue of its device. */
type Attempt = ToCommit & { readonly file: Pick<ExchangeEntry, 'id'>; readonly place: PlaceInQueue };

async function attempt(context: ActingContext, input: Attempt): Promise<Committed | Rejection | 'stale'> {
  const { opened, keys, file, place } = input;
  const evaluated = await evaluateFile(context, input);
  const { decision } = evaluated;
  if (decision.outcome === 'reject') {
    await record(context, { ...input, evaluated, members: refusedMembers(context, decision.rejection) });
    return decision.rejection;
  }
  if (decision.outcome === 'repeat') {
    const { answeredBy } = decision;
    if (answeredBy === file.id) return { exchangeId: file.id, repeated: false };
    await record(context, { ...input, evaluated, members: { outcome: 'repeated', answeredBy } });
    return { exchangeId: answeredBy, repeated: true };
  }
  if (evaluated.kind === 'activation' && (await place.enter(opened.dialect, evaluated.request.deviceKey)) === 'waited') {
    return 'stale';
  }
  const exchange =
    evaluated.kind === 'activation'
      ? await commitActivation(context, { keys, evaluated, file })
      : await commitDeactivation(context, { evaluated, file });
  if (exchange === 'stale') return 'stale';
  return { exchangeId: exchange.id, repeated: false, ...(exchange.reply && { encrypted: exchange.reply }) };
}

/** Records a file that was refused or had been answered before, while the budget for that lasts. */
async function record(
  context: ActingContext,
  input: ToCommit & {
    readonly evaluated: Evaluated;
    readonly members: Pick<ExchangeEntry, 'outcome'> & Partial<ExchangeEntry>;
  },
): Promise<void> {
  const { keys, file, evaluated, members } = input;
  const { request } = input.opened;
  // The budget of an application is by the text that names the entitlement, or by device.
  const about =
    request.kind === 'deactivation'
      ? `${request.dialect}:${request.deviceKey}`
      : await keys.digestCode(request.activationCode, request.codeKind);
  if (await isRefusedTooOften(context, about)) return;
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: evaluated.now, kind: evaluated.kind, outcome: members.outcome }),
    ...file,
    ...subjectOf(evaluated),
    ...members,
  };
  const audit = auditOf(context, exchange, { action: members.outcome === 'refused' ? 'file.refused' : 'file.answered-again' });
  try {
    await recordAttempt(context.db, { exchange, audit, cameBackId: evaluated.cameBackId });
  } catch (error) {
    // An attempt wrote it before its connection was lost.
    if (violatedUnique(error) !== 'exchanges_pkey') throw error;
  }
}
