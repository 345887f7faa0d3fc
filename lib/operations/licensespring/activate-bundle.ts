import { randomUUID } from 'node:crypto';
import type { IssueCommit } from '@/db/commit';
import { commitBundle, recordAttempt } from '@/db/commit';
import type { ExchangeEntry } from '@/db/exchange-entry';
import { readClock } from '@/db/read-clock';
import { sealBundle } from '@/lib/dialects/licensespring/seal';
import type { Rejection } from '@/lib/licensing/rejection';
import { reject } from '@/lib/licensing/rejection';
import type { ActivationRequest } from '@/lib/licensing/request';
import type { PreparedActivation, ToCommit } from '../commit-activation';
import { prepareActivation, toIssue } from '../commit-activation';
import type { ConsideredActivation } from '../consider-activation';
import { considerActivation } from '../consider-activation';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { scopeOfFile } from '../scope-of-file';
import { untilDefinite } from '../until-definite';
import { auditOf, refusedMembers, startExchange } from '../write-entries';
import type { CallAnswer } from './activate';
import { textOf } from './activate';
import type { BundleLine } from './bundle-lines';
import { bundleCodeOf, findBundleLines } from './bundle-lines';
import type { OpenedCall } from './open-call';
import { callInput, countUser, forgiveUser, openCall } from './open-call';

/**
 * Answers a request for a bundle that an application sends: all its licences in one file, or none of them. The answer is kept with the first
 * licence; with each of the others, its own part of it.
 */
export const activateBundle = defineOperation({
  name: 'licensespring.activate-bundle',
  kind: 'command',
  permission: 'application:exchange',
  input: callInput,
  async run({ bytes }, context): Promise<Result<CallAnswer>> {
    const read = await openCall(context, { bytes, kind: 'activation' });
    if (!read.ok) return refuse(read.rejection);
    const { call } = read;
    const { request } = call.opened;
    if (request.kind !== 'activation') return refuse(reject('file-kind-unclear'));
    const heldBack = await countUser(context, call);
    if (heldBack !== null) return refuse(heldBack);
    const ids: string[] = [];
    const outcome = await untilDefinite(() => attempt(context, { call, request, ids }));
    if (!('code' in outcome) || outcome.facts.reason !== 'licensespring-user-refused') await forgiveUser(context, call);
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  },
});

interface Asked {
  readonly call: OpenedCall;
  readonly request: ActivationRequest;
  /** Ids of the answers, the same for all attempts: what was committed before its connection was lost is known by them. */
  readonly ids: string[];
}

interface ConsideredLine extends BundleLine {
  readonly considered: ConsideredActivation;
}

async function attempt(context: ActingContext, asked: Asked): Promise<CallAnswer | Rejection | 'stale'> {
  const lines = await findBundleLines(context, asked);
  if ('code' in lines) return record(context, { asked, rejection: lines });
  const considered: ConsideredLine[] = [];
  for (const line of lines) considered.push({ ...line, considered: await consider(context, { asked, line }) });
  const refused = refusedLine(considered);
  if (refused !== null) return record(context, { asked, rejection: refused });
  const [first] = considered;
  if (first?.considered.decision.outcome === 'repeat') {
    const { answeredBy } = first.considered.decision;
    const call = { ...asked.call, opened: first.opened };
    return { text: await textOf(context, { call, exchangeId: answeredBy }), isRepeated: !asked.ids.includes(answeredBy) };
  }
  return commit(context, { asked, considered });
}

async function consider(context: ActingContext, { asked, line }: { asked: Asked; line: BundleLine }) {
  const { keys } = asked.call;
  const { request, requestKey } = line.opened;
  const scope = await scopeOfFile(context.actor, { opened: line.opened, keys });
  return considerActivation(context, { scope, request, requestKey, keys });
}

/** The first licence that cannot be granted, by its product. All are answered together, so either all were answered before or none. */
function refusedLine(lines: readonly ConsideredLine[]): Rejection | null {
  const repeated = lines.filter(({ considered }) => considered.decision.outcome === 'repeat').length;
  for (const { opened, considered } of lines) {
    const product = opened.request.productCode;
    if (considered.decision.outcome === 'reject') {
      return reject('bundle-line-refused', { product, reason: considered.decision.rejection.code });
    }
    if (repeated > 0 && considered.decision.outcome !== 'repeat') {
      return reject('bundle-line-refused', { product, reason: 'request-id-reused' });
    }
  }
  return null;
}

async function commit(
  context: ActingContext,
  { asked, considered }: { asked: Asked; considered: readonly ConsideredLine[] },
): Promise<CallAnswer | 'stale'> {
  const prepared = await prepare(context, { asked, considered });
  const { keys } = asked.call;
  const whole = await sealBundle(
    prepared.map(({ reply }) => reply),
    keys.replyKeys,
  );
  const issues: IssueCommit[] = [];
  for (const [index, line] of prepared.entries()) {
    const sealed = index === 0 ? whole : await line.opened.dialect.seal(line.reply, keys.replyKeys);
    issues.push(await toIssue(context, { ...line, sealed }));
  }
  return (await commitBundle(context.db, issues)) === 'done' ? { text: whole.text, isRepeated: false } : 'stale';
}

/** One device for all licences: known to one of them already, or made with the first. */
async function prepare(
  context: ActingContext,
  { asked, considered }: { asked: Asked; considered: readonly ConsideredLine[] },
): Promise<PreparedActivation[]> {
  const { keys, file } = asked.call;
  const knownId = considered.map((line) => line.considered.known?.row.id).find((id) => id !== undefined);
  const deviceId = knownId ?? randomUUID();
  const prepared: PreparedActivation[] = [];
  for (const [index, { opened, considered: line }] of considered.entries()) {
    const { decision, entitlement } = line;
    if (entitlement === null || (decision.outcome !== 'grant' && decision.outcome !== 'renew')) {
      throw new Error(`expected a licence to grant, found ${decision.outcome}`);
    }
    asked.ids[index] ??= randomUUID();
    const id = asked.ids[index] ?? randomUUID();
    // The file is kept with the first.
    const members = index === 0 ? { ...file, id } : { id };
    const device = { id: deviceId, isNew: knownId === undefined && index === 0 };
    const input: ToCommit = { opened, considered: line, decision, entitlement, keys, file: members };
    prepared.push(await prepareActivation(context, { ...input, device }));
  }
  return prepared;
}

/** Writes a refused bundle down, and answers why. */
async function record(context: ActingContext, { asked, rejection }: { asked: Asked; rejection: Rejection }): Promise<Rejection> {
  const { call, request } = asked;
  const at = context.now ?? (await readClock(context.db));
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at, kind: 'activation', outcome: 'refused' }),
    ...call.file,
    dialect: request.dialect,
    requestKey: call.opened.requestKey,
    payloadDigest: request.payloadDigest,
    productCode: bundleCodeOf(request),
    deviceName: request.device.name,
    ...refusedMembers(rejection),
  };
  await recordAttempt(context.db, { exchange, audit: auditOf(context, exchange, { action: 'file.refused' }), cameBackId: null });
  return rejection;
}
