import { randomUUID } from 'node:crypto';
import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { DeviceEntry, IssueCommit } from '@/db/exchange/commit';
import { commitIssue } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import { rulesFor } from '@/lib/licensing/exchange/decide-activation';
import type { Issue } from '@/lib/licensing/exchange/decision';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type { Json } from '@/lib/licensing/exchange/request';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import { hooksOf } from './dialect-hooks';
import type { EvaluatedActivation } from './evaluate-activation';
import type { OpenedFile } from './open-file';
import { replyToDevice } from './reply-to-device';
import type { Assumed } from './signing-of';
import { signingOf } from './signing-of';
import { auditOf, fingerprintKeyOf, startExchange } from './write-entries';

/** A request that was granted, and the file it came in. */
export interface ToCommit {
  readonly opened: OpenedFile;
  readonly evaluated: EvaluatedActivation;
  readonly decision: Issue;
  readonly entitlement: EntitlementRow;
  readonly keys: Keys;
  /** Members of the exchange row that tell of the file itself. */
  readonly file: Partial<ExchangeEntry>;
}

/** Seals the answer and commits it with everything it means, in one statement. Answers the exchange, or `stale`. */
export async function commitActivation(context: ActingContext, input: ToCommit): Promise<ExchangeEntry | 'stale'> {
  const prepared = await prepareActivation(context, input);
  const signing = signingOf(context, [assumedOf(prepared)]);
  const sealed = await input.opened.dialect.seal(prepared.reply, { ...input.keys.replyKeys, signing });
  const commit = await toIssue(context, prepared, sealed);
  return (await commitIssue(context.db, commit)) === 'done' ? commit.exchange : 'stale';
}

/** What the answer assumes. */
export function assumedOf({ opened, evaluated, decision, entitlement }: ToCommit): Assumed {
  const { request, now, current, codeId } = evaluated;
  return {
    at: now,
    entitlement,
    decision,
    requestKey: opened.requestKey,
    deviceKey: request.deviceKey,
    dialect: request.dialect,
    codeId,
    current,
  };
}

/** An activation that is about to be sealed and committed. */
export interface PreparedActivation extends ToCommit {
  readonly activationId: string;
  readonly deviceId: string;
  readonly isNewDevice: boolean;
  readonly replyTo: Json;
  readonly deviceName: string;
  readonly reply: Reply;
}

/**
 * Puts together what the device is told.
 *
 * @param input.device the device, where others have found it or are about to make it; left out: as it was evaluated
 */
export async function prepareActivation(
  context: ActingContext,
  input: ToCommit & { readonly device?: { readonly id: string; readonly isNew: boolean } },
): Promise<PreparedActivation> {
  const { evaluated, decision, entitlement, keys } = input;
  const { request, now, known, clockSkewSeconds } = evaluated;
  const activationId = decision.activationId ?? randomUUID();
  const deviceId = known?.row.id ?? input.device?.id ?? randomUUID();
  const deviceName = known?.visible === true ? known.row.name : request.device.name;
  const support = hooksOf(request.dialect);
  const keeping = { request, entitlementId: entitlement.id, deviceId: known?.row.id ?? null };
  const replyTo = support?.keeps === undefined ? request.replyTo : await support.keeps(context, keeping);
  const isNewDevice = known === null && (input.device?.isNew ?? true);
  const prepared = { activationId, deviceId, isNewDevice, deviceName, replyTo, ...input };
  const reply = replyToDevice(context.actor, {
    details: await detailsOf(context, prepared),
    kind: 'activation-response',
    vendorId: keys.vendorId,
    activationId,
    inResponseTo: request.requestId,
    deviceKey: request.deviceKey,
    deviceName,
    replyTo,
    rules: rulesFor(entitlement, request),
    earlierFingerprints: evaluated.earlierFingerprints,
    decision,
    entitlement,
    fingerprint: evaluated.fingerprint,
    now,
    clockSkewSeconds,
  });
  return { reply, ...prepared };
}

/** What only this dialect's answers carry. */
async function detailsOf(context: ActingContext, prepared: Omit<PreparedActivation, 'reply'>): Promise<Json> {
  const { evaluated, decision, entitlement, keys, activationId, deviceId, deviceName, replyTo } = prepared;
  const { request, now, current } = evaluated;
  const { deviceKey, device, dialect } = request;
  const { fingerprint } = evaluated;
  const { platform, hostname } = device;
  const details = await hooksOf(dialect)?.details(context, {
    ...{ keys, request, asked: null, beside: null, deviceKey, fingerprint, entitlement, now },
    ...{ activationId, deviceId, decision, replyTo },
    activatedAt: decision.activationId === null || current === null ? now : current.activatedAt,
    device: { name: deviceName, platform, hostname },
  });
  return details ?? null;
}

/** Everything that the answer means, as it is committed with it. */
export async function toIssue(context: ActingContext, prepared: PreparedActivation, sealed: SealedFile): Promise<IssueCommit> {
  const { evaluated, decision, entitlement, activationId, deviceId, replyTo } = prepared;
  const { request, now, current, known, reinstalls } = evaluated;
  const exchange = await exchangeOf(context, prepared, sealed);
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
    device: deviceEntry(prepared),
    key: {
      dialect: request.dialect,
      deviceKey: request.deviceKey,
      deviceJwk: request.deviceJwk,
      replyTo,
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

/** The exchange row that keeps the answer. */
async function exchangeOf(context: ActingContext, prepared: PreparedActivation, sealed: SealedFile): Promise<ExchangeEntry> {
  const { opened, evaluated, decision, entitlement, keys, file, activationId, deviceId, deviceName } = prepared;
  const { request, now } = evaluated;
  const outcome = decision.outcome === 'grant' ? 'granted' : 'renewed';
  return {
    dialect: request.dialect,
    requestKey: opened.requestKey,
    payloadDigest: request.payloadDigest,
    productCode: entitlement.productCode,
    deviceName,
    entitlementId: entitlement.id,
    deviceId,
    activationId,
    replyName: sealed.fileName,
    reply: await keys.files.seal(new TextEncoder().encode(sealed.text)),
    ...startExchange(context, { at: now, kind: 'activation', outcome, customerId: entitlement.customerId }),
    ...file,
  };
}

function deviceEntry({ evaluated, entitlement, deviceId, isNewDevice }: PreparedActivation): DeviceEntry {
  const { request, known, compared, clockSkewSeconds, decision } = evaluated;
  const { device } = request;
  const rules = rulesFor(entitlement, request);
  const isApart = 'lookalike' in decision && decision.lookalike?.seat === 'kept';
  return {
    id: deviceId,
    customerId: entitlement.customerId,
    isNew: isNewDevice,
    name: known?.row.name ?? device.name,
    platform: device.platform,
    hostname: device.hostname,
    appVersion: device.appVersion,
    fingerprintVersion: device.fingerprint.version,
    dialect: request.dialect,
    fingerprintKey: fingerprintKeyOf(request, evaluated.isAnother || isApart),
    components: device.fingerprint.components,
    clockSkewSeconds,
    counted: evaluated.fingerprint.components,
    required: Math.max(1, rules.fingerprintRequired),
    must: rules.fingerprintMust,
    compared,
  };
}
