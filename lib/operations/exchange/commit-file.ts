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
 * Answers a file that was handed in: takes, renews or frees the seat and keeps the answer for download. The same file again gets the same
 * answer. The file is opened and evaluated anew; what the preview said is not trusted.
 */
export const commitFile = defineOperation({
  name: 'exchange.commit',
  kind: 'command',
  permission: 'exchange:commit',
  input: z.object({
    submissionId: z.uuid(),
    /** It is another machine than the one it looks like: it takes a seat of its own. */
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

/** The exchange that holds the answer to a file, and whether it is the answer of an earlier time. */
export interface Committed {
  readonly exchangeId: string;
  readonly repeated: boolean;
  /** The answer itself, sealed as it is kept; left out where it was made at another time, or there is none. */
  readonly sealed?: Uint8Array;
}

interface ToCommit extends ToEvaluate {
  /** Members of the exchange row that tell of the file itself. */
  readonly file: Partial<ExchangeEntry>;
}

/**
 * Answers an opened file for good: evaluates, seals and commits, again and again until the outcome is definite. A refusal is written down
 * as well.
 */
export async function commitOpened(context: ActingContext, input: ToCommit): Promise<Result<Committed>> {
  // One id for all attempts: an answer that was committed before its connection was lost is known by it.
  const file = { ...input.file, id: randomUUID() };
  const place = placeInQueue(context.db, input.opened.requestKey);
  try {
    const outcome = await retryCommit(() => attempt(context, { ...input, file, place }));
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  } finally {
    place.leave();
  }
}

/** A file whose exchange has its id, and whose request has its place among others of the same device. */
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
  return { exchangeId: exchange.id, repeated: false, ...(exchange.reply && { sealed: exchange.reply }) };
}

/** Writes down a file that was refused, or answered before, unless there are too many of them. */
async function record(
  context: ActingContext,
  input: ToCommit & {
    readonly evaluated: Evaluated;
    readonly members: Pick<ExchangeEntry, 'outcome'> & Partial<ExchangeEntry>;
  },
): Promise<void> {
  const { keys, file, evaluated, members } = input;
  const { request } = input.opened;
  // An application asks about the text that names the entitlement, or about the device.
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
    // Written before the connection was lost.
    if (violatedUnique(error) !== 'exchanges_pkey') throw error;
  }
}
