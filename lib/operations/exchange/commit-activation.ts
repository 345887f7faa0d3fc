import { hash, randomUUID } from 'node:crypto';
import type { DeviceEntry, IssueCommit } from '@/db/exchange/commit';
import { commitIssues } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import { rulesFor } from '@/lib/licensing/exchange/decide-activation';
import { findIssue } from '@/lib/licensing/exchange/decision';
import type { ActingContext } from '../context';
import { dialectOf } from '../dialects/registry';
import type { EvaluatedActivation, GrantedActivation } from './evaluate-activation';
import type { ToEvaluate } from './evaluate-file';
import { auditOf, startExchange, subjectOf } from './record-exchange';
import type { ReplyCase } from './seal-reply';
import { encryptReply, sealReplies } from './seal-reply';

interface ToCommit extends Pick<ToEvaluate, 'keys'> {
  readonly evaluated: EvaluatedActivation;
  /** Columns of the exchange that describe the file itself. */
  readonly file: Partial<ExchangeEntry>;
}

/**
 * Seals the answer to a granted request and commits it together with seat, device, lease and audit in one statement: for all entitlements of a
 * bundle or for none. The exchange of the first entitlement holds the whole answer, each of the others its own part.
 *
 * @returns the exchange that holds the answer; `stale` when an assumption of the decision no longer holds
 */
export async function commitActivation(
  context: ActingContext,
  { keys, evaluated, file }: ToCommit,
): Promise<ExchangeEntry | 'stale'> {
  const { bundle, request } = evaluated;
  const granted = (bundle ?? [evaluated]).map(requireGranted);
  // One device for all entitlements: one that is known already, or a new one.
  const knownId = granted.map(({ known }) => known?.row.id).find((id) => id !== undefined);
  const deviceId = knownId ?? randomUUID();
  const lines: Line[] = [];
  for (const line of granted) lines.push(await prepareLine(context, line, deviceId));

  const answers = await sealReplies(context, lines, bundle === null ? undefined : dialectOf(context, request).hooks.bundle);
  const commits: IssueCommit[] = [];
  for (const { of, sealed } of answers) {
    const isFirst = commits.length === 0;
    const kept = { ...(await encryptReply(keys, sealed)), ...(isFirst && file) };
    commits.push(issueOf(context, of, { file: kept, isNewDevice: knownId === undefined && isFirst }));
  }
  const outcome = await commitIssues(context.db, commits);
  return outcome === 'done' && commits[0] !== undefined ? commits[0].exchange : 'stale';
}

/** A granted entitlement and the case its answer is built from. */
interface Line extends ReplyCase {
  readonly evaluated: GrantedActivation;
}

function requireGranted(evaluated: EvaluatedActivation): GrantedActivation {
  const { decision, entitlement, hookCase } = evaluated;
  const issue = findIssue(decision);
  if (entitlement === null || hookCase === null || issue === null) {
    throw new Error(`expected an entitlement to grant, found ${decision.outcome}`);
  }
  return { ...evaluated, decision: issue, entitlement, hookCase };
}

async function prepareLine(context: ActingContext, evaluated: GrantedActivation, deviceId: string): Promise<Line> {
  const { request, requestKey, decision, entitlement, hookCase, known, current, now } = evaluated;
  const { device } = request;
  const { storedState } = dialectOf(context, request).hooks;
  return {
    evaluated,
    ...{ hookCase, requestKey, decision, current },
    storedState:
      storedState === undefined ? request.replyTo : await storedState(context, hookCase, { deviceId: known?.row.id ?? null }),
    activationId: decision.activationId ?? randomUUID(),
    activatedAt: decision.activationId === null || current === null ? now : current.activatedAt,
    deviceId: known?.row.id ?? deviceId,
    device: {
      name: known?.visible === true ? known.row.name : device.name,
      platform: device.platform,
      hostname: device.hostname,
    },
    codeId: evaluated.codeId,
    rules: rulesFor(entitlement, request),
    fingerprint: evaluated.fingerprint,
    earlierFingerprints: evaluated.earlierFingerprints,
    clockSkewSeconds: evaluated.clockSkewSeconds,
  };
}

/** The changes that are committed together with the answer. */
function issueOf(
  context: ActingContext,
  { evaluated, ...reply }: Line,
  { file, isNewDevice }: { file: Partial<ExchangeEntry>; isNewDevice: boolean },
): IssueCommit {
  const { request, decision, entitlement, current, known, reinstalls, now } = evaluated;
  const { activationId, deviceId, storedState } = reply;
  const outcome = decision.outcome === 'grant' ? 'granted' : 'renewed';
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: now, kind: 'activation', outcome, customerId: entitlement.customerId }),
    ...subjectOf(evaluated),
    ...{ deviceName: reply.device.name, deviceId, activationId },
    ...file,
  };
  return {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    revision: entitlement.revision,
    deviceId,
    activationId,
    current,
    olderSeat: decision.activationId === null && current !== null ? (decision.lookalike?.seat ?? null) : null,
    reinstalls: reinstalls ?? { times: 0, since: now },
    releaseLimit: context.actor.role === 'operator' ? null : entitlement.releasePolicy.limit,
    codeId: evaluated.codeId,
    device: deviceEntry(evaluated, { deviceId, isNewDevice }),
    key: {
      dialect: request.dialect,
      deviceKey: request.deviceKey,
      deviceJwk: request.deviceJwk,
      replyTo: storedState,
      fingerprint: evaluated.fingerprint,
      earlierFingerprints: evaluated.earlierFingerprints,
    },
    exchange,
    audit: auditOf(context, exchange, {
      action: decision.outcome === 'grant' ? 'seat.taken' : 'lease.renewed',
      detail: {
        leaseEndsAt: decision.lease.endsAt.toISOString(),
        leaseSequence: decision.lease.sequence,
        takesSeat: decision.takesSeat,
        drifted: known?.drifted ?? [],
        ...(decision.lookalike && { olderActivation: decision.lookalike.activationId, olderSeat: decision.lookalike.seat }),
      },
    }),
  };
}

function deviceEntry(
  { request, entitlement, known, compared, clockSkewSeconds, decision, fingerprint, isAnother }: GrantedActivation,
  { deviceId, isNewDevice }: { deviceId: string; isNewDevice: boolean },
): DeviceEntry {
  const { device, deviceKey, dialect } = request;
  const { version, components } = device.fingerprint;
  const rules = rulesFor(entitlement, request);
  // The key keeps a machine apart from one that looks like it; the same machine gets no second row.
  const isApart = isAnother || decision.lookalike?.seat === 'kept';
  const sorted = Object.entries(components).sort(([one], [other]) => (one < other ? -1 : 1));
  const identity = JSON.stringify([dialect, version, sorted, ...(isApart ? [deviceKey] : [])]);
  return {
    id: deviceId,
    customerId: entitlement.customerId,
    isNew: isNewDevice,
    name: known?.row.name ?? device.name,
    platform: device.platform,
    hostname: device.hostname,
    appVersion: device.appVersion,
    fingerprintVersion: version,
    dialect,
    fingerprintKey: hash('sha256', identity, 'base64url'),
    components,
    clockSkewSeconds,
    counted: fingerprint.components,
    required: Math.max(1, rules.fingerprintRequired),
    must: rules.fingerprintMust,
    compared,
  };
}
