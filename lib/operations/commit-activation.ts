import { randomUUID } from 'node:crypto';
import type { DeviceEntry } from '@/db/commit';
import { commitIssue } from '@/db/commit';
import type { EntitlementRow } from '@/db/entitlement-json';
import type { ExchangeEntry } from '@/db/exchange-entry';
import type { Issue } from '@/lib/licensing/decision';
import type { ConsideredActivation } from './consider-activation';
import type { ActingContext } from './context';
import { supportOf } from './dialect-support';
import type { Keys } from './keyring';
import type { OpenedFile } from './open-file';
import { replyToDevice } from './reply-to-device';
import { auditOf, fingerprintKeyOf, startExchange } from './write-entries';

interface ToCommit {
  readonly opened: OpenedFile;
  readonly considered: ConsideredActivation;
  readonly decision: Issue;
  readonly entitlement: EntitlementRow;
  readonly keys: Keys;
  /** Members of the exchange row that tell of the file itself. */
  readonly file: Partial<ExchangeEntry>;
}

/** Seals the answer and commits it with everything it means, in one statement. Answers the exchange, or `stale`. */
export async function commitActivation(context: ActingContext, input: ToCommit): Promise<ExchangeEntry | 'stale'> {
  const { considered, decision, entitlement } = input;
  const { request, now, current, known } = considered;
  const activationId = decision.activationId ?? randomUUID();
  const deviceId = known?.row.id ?? randomUUID();
  const exchange = await answer(context, { ...input, activationId, deviceId });
  const outcome = await commitIssue(context.db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    revision: entitlement.revision,
    deviceId,
    activationId,
    current: current && decision.outcome === 'renew' ? current : null,
    device: deviceEntry(considered, { deviceId, entitlement }),
    key: {
      dialect: request.dialect,
      deviceKey: request.deviceKey,
      deviceJwk: request.deviceJwk,
      replyTo: request.replyTo,
      fingerprint: request.device.fingerprint,
    },
    exchange,
    audit: auditOf(context, exchange, {
      action: decision.outcome === 'grant' ? 'seat.taken' : 'lease.renewed',
      detail: {
        leaseEndsAt: decision.lease.endsAt.toISOString(),
        leaseSequence: decision.lease.sequence,
        takesSeat: decision.takesSeat,
        drifted: known?.drifted ?? [],
      },
    }),
  });
  return outcome === 'done' ? exchange : 'stale';
}

/** Seals the reply, and makes the exchange row that keeps it. */
async function answer(
  context: ActingContext,
  input: ToCommit & { readonly activationId: string; readonly deviceId: string },
): Promise<ExchangeEntry> {
  const { opened, considered, decision, entitlement, keys, file, activationId, deviceId } = input;
  const { request, now, known, current, clockSkewSeconds } = considered;
  const deviceName = known?.visible === true ? known.row.name : request.device.name;
  const { replyTo } = request;
  const { fingerprint, platform, hostname } = request.device;
  const toDetail = {
    ...{ keys, request, asked: null, beside: null, fingerprint, entitlement, now, activationId, deviceId, decision, replyTo },
    activatedAt: decision.activationId === null || current === null ? now : current.activatedAt,
    device: { name: deviceName, platform, hostname },
  };
  const reply = replyToDevice({
    details: (await supportOf(request.dialect)?.details(context, toDetail)) ?? null,
    kind: 'activation-response',
    vendorId: keys.vendorId,
    activationId,
    inResponseTo: request.requestId,
    deviceKey: request.deviceKey,
    deviceName,
    replyTo,
    fingerprintRequired: request.fingerprintRequired,
    decision,
    entitlement,
    fingerprint,
    now,
    clockSkewSeconds,
  });
  const sealed = await opened.dialect.seal(reply, keys.replyKeys);
  const outcome = decision.outcome === 'grant' ? 'granted' : 'renewed';
  return {
    ...startExchange(context, { at: now, kind: 'activation', outcome, customerId: entitlement.customerId }),
    ...file,
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
  };
}

function deviceEntry(considered: ConsideredActivation, to: { deviceId: string; entitlement: EntitlementRow }): DeviceEntry {
  const { request, known, compared, clockSkewSeconds } = considered;
  const { device } = request;
  return {
    id: to.deviceId,
    customerId: to.entitlement.customerId,
    isNew: known === null,
    name: known?.row.name ?? device.name,
    platform: device.platform,
    hostname: device.hostname,
    appVersion: device.appVersion,
    fingerprintVersion: device.fingerprint.version,
    fingerprintKey: fingerprintKeyOf(device.fingerprint),
    components: device.fingerprint.components,
    clockSkewSeconds,
    required: request.fingerprintRequired ?? to.entitlement.fingerprintRequired,
    compared,
  };
}
