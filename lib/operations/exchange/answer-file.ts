import { randomUUID } from 'node:crypto';
import { recordAttempt } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import { violatedUnique } from '@/db/postgres-error';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import type { Result } from '../operation';
import { done, refuse } from '../operation';
import { isRefusedTooOften } from './budget';
import { commitActivation } from './commit-activation';
import { commitBundle } from './commit-bundle';
import { commitDeactivation } from './commit-deactivation';
import type { PlaceInLine } from './device-line';
import { placeInLine } from './device-line';
import { hooksOf } from './dialect-hooks';
import type { Evaluated } from './evaluate-file';
import { evaluateFile, subjectOf } from './evaluate-file';
import type { OpenedFile } from './open-file';
import { retryCommit } from './retry-commit';
import { auditOf, refusedMembers, startExchange } from './write-entries';

/** The exchange that holds the answer to a file, and whether it is the answer of an earlier time. */
export interface Answer {
  readonly exchangeId: string;
  readonly repeated: boolean;
  /** The answer itself, sealed as it is kept; left out where it was made at another time, or there is none. */
  readonly sealed?: Uint8Array;
}

interface Answering {
  readonly opened: OpenedFile;
  readonly keys: Keys;
  /** Members of the exchange row that tell of the file itself. */
  readonly file: Partial<ExchangeEntry>;
  /** Whether it was called for one entitlement, or for a bundle; left out: as the file says. */
  readonly as?: 'single' | 'bundle';
  /** Whether whoever hands the file in says that it is another machine than the one it looks like. */
  readonly isAnother?: boolean | undefined;
}

/** An exchange that has its id, and the place of its request among others of the same device. */
type Attempt = Answering & { readonly file: Pick<ExchangeEntry, 'id'>; readonly place: PlaceInLine };

/**
 * Answers an opened file for good: decides, seals and commits, again and again until the outcome is definite. A refusal is written down
 * as well.
 */
export async function answerFile(context: ActingContext, input: Answering): Promise<Result<Answer>> {
  // One id for all attempts: an answer that was committed before its connection was lost is known by it.
  const file = { ...input.file, id: randomUUID() };
  const place = placeInLine(context.db, input.opened.requestKey);
  try {
    const outcome = await retryCommit(() => attempt(context, { ...input, file, place }));
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  } finally {
    place.leave();
  }
}

async function attempt(context: ActingContext, input: Attempt): Promise<Answer | Rejection | 'stale'> {
  const evaluated = await evaluateFile(context, input);
  const { decision } = evaluated;
  switch (decision.outcome) {
    case 'reject':
      await record(context, { ...input, evaluated, members: refusedMembers(context, decision.rejection) });
      return decision.rejection;
    case 'repeat':
      if (decision.answeredBy === input.file.id) return { exchangeId: input.file.id, repeated: false };
      await record(context, { ...input, evaluated, members: { outcome: 'repeated', answeredBy: decision.answeredBy } });
      return { exchangeId: decision.answeredBy, repeated: true };
    case 'grant':
    case 'renew':
      if ((await input.place.enter(input.opened.dialect, evaluated.request.deviceKey)) === 'waited') return 'stale';
      return answer(context, input, evaluated);
    case 'return':
      return answer(context, input, evaluated);
  }
}

async function answer(context: ActingContext, input: Attempt, evaluated: Evaluated): Promise<Answer | 'stale'> {
  const exchange = await commit(context, input, evaluated);
  if (exchange === 'stale') return 'stale';
  const { id, reply } = exchange;
  return { exchangeId: id, repeated: false, ...(reply && { sealed: reply }) };
}

function commit(context: ActingContext, input: Answering, evaluated: Evaluated) {
  const { opened, keys, file } = input;
  if (evaluated.kind === 'activation') {
    const { decision, entitlement, bundle } = evaluated;
    const bundles = hooksOf(evaluated.request.dialect)?.bundles;
    if (bundle !== null && bundles !== undefined) return commitBundle(context, { opened, lines: bundle, bundles, keys, file });
    if ((decision.outcome === 'grant' || decision.outcome === 'renew') && entitlement !== null) {
      return commitActivation(context, { opened, evaluated, decision, entitlement, keys, file });
    }
  } else {
    const { decision, found } = evaluated;
    if (decision.outcome === 'return' && found !== null) {
      return commitDeactivation(context, { opened, evaluated, decision, found, file });
    }
  }
  throw new Error(`expected a decision to commit for a ${evaluated.kind}, found ${evaluated.decision.outcome}`);
}

/** What an application asks about: the text that names the entitlement, digested, or the device. */
async function nameOf({ opened: { request }, keys }: Answering): Promise<string> {
  if (request.kind === 'deactivation') return `${request.dialect}:${request.deviceKey}`;
  return keys.digestCode(request.activationCode, request.codeKind);
}

async function record(
  context: ActingContext,
  input: Answering & {
    readonly evaluated: Evaluated;
    readonly members: Pick<ExchangeEntry, 'outcome'> & Partial<ExchangeEntry>;
  },
): Promise<void> {
  const { opened, file, evaluated, members } = input;
  if (await isRefusedTooOften(context, await nameOf(input))) return;
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: evaluated.now, kind: evaluated.kind, outcome: members.outcome }),
    ...file,
    ...subjectOf({ opened, evaluated }),
    ...members,
  };
  const action = members.outcome === 'refused' ? 'file.refused' : 'file.answered-again';
  try {
    await recordAttempt(context.db, {
      exchange,
      audit: auditOf(context, exchange, { action: action }),
      cameBackId: evaluated.cameBackId,
    });
  } catch (error) {
    // Written before the connection was lost.
    if (violatedUnique(error) !== 'exchanges_pkey') throw error;
  }
}
