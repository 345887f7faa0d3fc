import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { commitIssue, recordAttempt } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { ActivationFound } from '@/db/exchange/read-activation';
import { readActivation } from '@/db/exchange/read-activation';
import { readExchange } from '@/db/exchange/read-exchange';
import { dialectNamed } from '@/lib/dialects/registry';
import type { Issue, Reject } from '@/lib/licensing/exchange/decision';
import type { Json } from '@/lib/licensing/exchange/request';
import { decideRefresh } from '@/lib/licensing/leases/decide-refresh';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallTimes } from '@/lib/licensing/seats/allowance';
import { scopeOf, userIdOf } from '../actor';
import type { ActingContext } from '../context';
import type { Answer } from '../exchange/answer-file';
import { countRefresh, isRefusedTooOften } from '../exchange/budget';
import type { PlaceInLine } from '../exchange/device-line';
import { placeInLine } from '../exchange/device-line';
import { hooksOf, unlessRefused } from '../exchange/dialect-hooks';
import { joined } from '../exchange/joined';
import { replyToDevice } from '../exchange/reply-to-device';
import { retryCommit } from '../exchange/retry-commit';
import { signingOf } from '../exchange/signing-of';
import { auditOf, refusedMembers, startExchange } from '../exchange/write-entries';
import { defineOperation, done, refuse } from '../operation';
import { digestOfAsked, findShared } from './shared-refresh';

/** Makes a refresh file for a device that has an activation: a new lease, without a request. */
export const issueRefresh = defineOperation({
  name: 'refresh.issue',
  kind: 'command',
  permission: 'refresh:issue',
  input: z.object({ activationId: z.uuid() }),
  countsItself: true,
  async run({ activationId }, context) {
    const outcome = await makeOneRefresh(context, { activationId });
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  },
});

/** The one dialect whose devices are meant, and what is said of others. */
export interface OnlyDialect {
  readonly dialect: string;
  readonly otherwise: Rejection;
}

interface ToRefresh {
  readonly activationId: string;
  /** What the dialect is asked of the file, in its own words. */
  readonly asked?: Json;
  readonly only?: OnlyDialect;
}

/**
 * Makes a refresh file for somebody who may be impatient: what the same person asks for several times at once is one refresh, and all get the
 * same file.
 */
export async function makeOneRefresh(context: ActingContext, refresh: ToRefresh): Promise<Answer | Rejection> {
  const { db, actor, via, now } = context;
  const { activationId, asked = null, only = null } = refresh;
  const name = ['refresh', activationId, userIdOf(actor), actor.label, via, now ?? null, asked, only];
  const outcome = await joined(db, name, async () => {
    const heldBack = await countRefresh(context, activationId);
    return heldBack ?? makeRefresh(context, { ...refresh, exchangeId: randomUUID(), before: false, isShared: true });
  });
  // Also for those who did not count it themselves.
  if ('code' in outcome && outcome.code === 'too-many-refreshes') context.attempt.heldBack = outcome;
  return outcome;
}

/**
 * Makes a refresh file under an id that its caller chose.
 *
 * @param refresh.isShared whether a file that the same person got for the same meanwhile will do
 * @param refresh.before whether it may have been made before under this id: then it is not made again
 */
export async function makeRefresh(
  context: ActingContext,
  refresh: ToRefresh & { exchangeId: string; before: boolean; isShared?: boolean },
): Promise<Answer | Rejection> {
  const { activationId, exchangeId, before, isShared = false, asked = null, only = null } = refresh;
  const shared = isShared ? findShared(context, { activationId, asked }) : async () => null;
  const place = placeInLine(context.db, exchangeId);
  const making = { activationId, exchangeId, asked, only, shared, place };
  try {
    return await retryCommit((again) => attempt(context, { ...making, again: again || before }));
  } finally {
    place.leave();
  }
}

type Found = NonNullable<ActivationFound['found']>;

interface Attempt {
  readonly activationId: string;
  /** The same for all attempts: a refresh that was committed before its connection was lost is known by it. */
  readonly exchangeId: string;
  readonly asked: Json;
  readonly only: OnlyDialect | null;
  readonly again: boolean;
  readonly place: PlaceInLine;
  /** The file that will do as well, by the sequence of the newest lease. */
  readonly shared: (sequence: number) => Promise<string | null>;
}

async function attempt(
  context: ActingContext,
  { activationId, exchangeId, asked, only, again, place, shared }: Attempt,
): Promise<Answer | Rejection | 'stale'> {
  const scope = scopeOf(context.actor);
  if (again && (await readExchange(context.db, { scope, exchangeId })) !== null) return { exchangeId, repeated: false };
  const { now, found } = await readActivation(context.db, { scope, activationId, now: context.now });
  if (found === null) return reject('not-found');
  const { entitlement, activation } = found;
  if (only !== null && activation.dialect !== only.dialect) return only.otherwise;
  const sharedId = await shared(activation.leaseSequence);
  if (sharedId !== null) return { exchangeId: sharedId, repeated: false };
  const decision = await decide(context, { found, now, asked });
  if (decision.outcome === 'reject') {
    await recordRefused(context, { found, now, rejection: decision.rejection });
    return decision.rejection;
  }
  if ((await place.enter(dialectNamed(activation.dialect), activation.deviceKey)) === 'waited') return 'stale';

  const exchange = { ...(await sealRefresh(context, { found, decision, now, asked })), id: exchangeId };
  const outcome = await commitIssue(context.db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    revision: entitlement.revision,
    deviceId: found.device.id,
    activationId: activation.id,
    current: activation,
    olderSeat: null,
    reinstalls: { times: reinstallTimes(entitlement), since: now },
    releaseLimit: null,
    codeId: null,
    device: null,
    key: null,
    exchange,
    audit: auditOf(context, exchange, {
      action: 'lease.refreshed',
      detail: {
        leaseEndsAt: decision.lease.endsAt.toISOString(),
        leaseSequence: decision.lease.sequence,
        takesSeat: decision.takesSeat,
      },
    }),
  });
  return outcome === 'done' ? { exchangeId: exchange.id, repeated: false } : 'stale';
}

interface Refreshing {
  readonly found: Found;
  readonly now: Date;
  readonly asked: Json;
}

/** What the rules decide, unless the dialect has a reason of its own against it. */
async function decide(context: ActingContext, { found, now, asked }: Refreshing): Promise<Issue | Reject> {
  const { activation, entitlement } = found;
  const { seatsHeld, freed, usage } = entitlement;
  const support = hooksOf(activation.dialect);
  const keys = await context.keyring.current();
  const { beside } = found;
  const { deviceKey, fingerprint } = activation;
  const of = { request: null, asked, beside, deviceKey, fingerprint, entitlement, kept: found.replyTo };
  const hookCase = { keys, ...of, now };
  const leaseTerms = await support?.lease?.(context, hookCase);
  const decision = decideRefresh({ activation, entitlement, seatsHeld, freed, usage, now, leaseTerms });
  return unlessRefused(context, { dialect: activation.dialect, decision, input: hookCase });
}

async function sealRefresh(
  context: ActingContext,
  { found, decision, now, asked }: Refreshing & { readonly decision: Issue },
): Promise<ExchangeEntry> {
  const { activation, device, entitlement } = found;
  const keys = await context.keyring.current();
  const { replyTo } = found;
  const ids = { activationId: activation.id, deviceId: device.id };
  const { activatedAt, deviceKey, fingerprint, dialect } = activation;
  const of = { ...ids, activatedAt, device, deviceKey, keys, request: null, asked, beside: found.beside, fingerprint };
  const reply = replyToDevice(context.actor, {
    kind: 'refresh',
    vendorId: keys.vendorId,
    activationId: activation.id,
    inResponseTo: null,
    deviceKey: activation.deviceKey,
    deviceName: device.name,
    replyTo,
    details: (await hooksOf(dialect)?.details(context, { ...of, entitlement, now, decision, replyTo })) ?? null,
    rules: entitlement,
    earlierFingerprints: activation.earlierFingerprints.filter(({ runsOutAt }) => runsOutAt > now),
    decision,
    entitlement,
    fingerprint,
    now,
    clockSkewSeconds: device.clockSkewSeconds,
  });
  const assumed = { at: now, requestKey: null, codeId: null, current: activation, entitlement, decision, deviceKey, dialect };
  const sealed = await dialectNamed(dialect).seal(reply, { ...keys.replyKeys, signing: signingOf(context, [assumed]) });
  const payloadDigest = digestOfAsked(asked);
  return {
    ...startExchange(context, { at: now, kind: 'refresh', outcome: 'renewed', customerId: entitlement.customerId }),
    ...subjectOf(found),
    ...(payloadDigest && { payloadDigest }),
    replyName: sealed.fileName,
    reply: await keys.files.seal(new TextEncoder().encode(sealed.text)),
  };
}

function subjectOf({ activation, device, entitlement }: Found) {
  return {
    dialect: activation.dialect,
    productCode: entitlement.productCode,
    deviceName: device.name,
    entitlementId: entitlement.id,
    deviceId: device.id,
    activationId: activation.id,
  };
}

async function recordRefused(
  context: ActingContext,
  { found, now, rejection }: { found: Found; now: Date; rejection: Rejection },
): Promise<void> {
  if (await isRefusedTooOften(context)) return;
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: now, kind: 'refresh', outcome: 'refused', customerId: found.entitlement.customerId }),
    ...subjectOf(found),
    ...refusedMembers(context, rejection),
  };
  const audit = auditOf(context, exchange, { action: 'lease.refused' });
  await recordAttempt(context.db, { exchange, audit, cameBackId: null });
}
