import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '@/db/client';
import { commitIssue, recordAttempt } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { ActivationFound } from '@/db/exchange/read-activation';
import { readActivation, readRefreshSince } from '@/db/exchange/read-activation';
import { readExchange } from '@/db/exchange/read-exchange';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Issue, Reject } from '@/lib/licensing/exchange/decision';
import type { Json } from '@/lib/licensing/exchange/request';
import { decideRefresh } from '@/lib/licensing/leases/decide-refresh';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallTimes } from '@/lib/licensing/seats/allowance';
import { scopeOf, userIdOf } from '../actor';
import type { ActingContext } from '../context';
import type { HookCase } from '../dialects/hooks';
import { dialectOf } from '../dialects/registry';
import { validateDecision } from '../dialects/validate';
import type { Committed } from '../exchange/commit-file';
import type { PlaceInQueue } from '../exchange/device-queue';
import { placeInQueue } from '../exchange/device-queue';
import { digestOfFile } from '../exchange/open-file';
import { auditOf, refusedMembers, startExchange } from '../exchange/record-exchange';
import { retryCommit } from '../exchange/retry-commit';
import type { ReplyCase } from '../exchange/seal-reply';
import { encryptReply, sealReplies } from '../exchange/seal-reply';
import { countRefresh, isRefusedTooOften } from '../limits/budget';
import { defineOperation, done, refuse } from '../operation';

/** Makes a refresh file for a device that has an activation: a new lease without a request. */
export const issueRefresh = defineOperation({
  name: 'refresh.issue',
  kind: 'command',
  permission: 'refresh:issue',
  input: z.object({ activationId: z.uuid() }),
  countsItself: true,
  async run({ activationId }, context) {
    const outcome = await makeSharedRefresh(context, { activationId });
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  },
});

/** The one dialect whose devices may be refreshed, and the rejection for all others. */
export interface OnlyDialect {
  readonly dialect: DialectId;
  readonly otherwise: Rejection;
}

interface ToRefresh {
  readonly activationId: string;
  /** Options of the file in the dialect's own terms. */
  readonly options?: Json;
  readonly only?: OnlyDialect;
}

/** Makes a refresh file once for equal concurrent calls of the same person: all of them get the same file. */
export async function makeSharedRefresh(context: ActingContext, refresh: ToRefresh): Promise<Committed | Rejection> {
  const { db, actor, via, now } = context;
  const { activationId, options = null, only = null } = refresh;
  const name = ['refresh', activationId, userIdOf(actor), actor.label, via, now ?? null, options, only];
  const outcome = await shareInFlight(db, name, async () => {
    const heldBack = await countRefresh(context, activationId);
    return heldBack ?? makeRefresh(context, { ...refresh, exchangeId: randomUUID(), before: false, isShared: true });
  });
  // Also for the calls that shared the result and were not counted themselves.
  if ('code' in outcome && outcome.code === 'too-many-refreshes') context.attempt.heldBack = outcome;
  return outcome;
}

/**
 * Makes a refresh file under an exchange id that the caller chose.
 *
 * @param refresh.isShared whether an equal file that the same person got meanwhile may be returned instead
 * @param refresh.before whether the file may exist under this id already: then it is not made again
 */
export async function makeRefresh(
  context: ActingContext,
  refresh: ToRefresh & { exchangeId: string; before: boolean; isShared?: boolean },
): Promise<Committed | Rejection> {
  const { activationId, exchangeId, before, isShared = false, options = null, only = null } = refresh;
  const shared = isShared ? findShared(context, { activationId, options }) : async () => null;
  const place = placeInQueue(context.db, exchangeId);
  const making = { activationId, exchangeId, options, only, shared, place };
  try {
    return await retryCommit((again) => attempt(context, { ...making, again: again || before }));
  } finally {
    place.leave();
  }
}

type Found = NonNullable<ActivationFound['found']>;

interface Attempt {
  readonly activationId: string;
  /** The same for all attempts: it shows whether an attempt committed before its connection was lost. */
  readonly exchangeId: string;
  readonly options: Json;
  readonly only: OnlyDialect | null;
  readonly again: boolean;
  readonly place: PlaceInQueue;
  /** Finds an equal file that was made meanwhile, by the sequence of the newest lease. */
  readonly shared: (sequence: number) => Promise<string | null>;
}

async function attempt(
  context: ActingContext,
  { activationId, exchangeId, options, only, again, place, shared }: Attempt,
): Promise<Committed | Rejection | 'stale'> {
  const scope = scopeOf(context.actor);
  if (again && (await readExchange(context.db, { scope, exchangeId })) !== null) return { exchangeId, repeated: false };
  const { now, found } = await readActivation(context.db, { scope, activationId, now: context.now });
  if (found === null) return reject('not-found');
  const { entitlement, activation } = found;
  if (only !== null && activation.dialect !== only.dialect) return only.otherwise;
  const sharedId = await shared(activation.leaseSequence);
  if (sharedId !== null) return { exchangeId: sharedId, repeated: false };
  const keys = await context.keyring.current();
  const { dialect, deviceKey, fingerprint } = activation;
  const hookCase: HookCase = {
    ...{ dialect, keys, now, request: null, deviceKey, fingerprint, entitlement, refreshOptions: options },
    ...{ storedState: found.replyTo, dialectState: found.dialectState },
  };
  const decision = await decide(context, hookCase, found);
  if (decision.outcome === 'reject') {
    await recordRefused(context, { found, now, rejection: decision.rejection });
    return decision.rejection;
  }
  if ((await place.enter(dialectOf(context, activation), activation.deviceKey)) === 'waited') return 'stale';

  const [answer] = await sealReplies(context, [replyCaseOf(hookCase, found, decision)]);
  if (answer === undefined) throw new Error('expected an answer, found none');
  const payloadDigest = digestOfOptions(options);
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: now, kind: 'refresh', outcome: 'renewed', customerId: entitlement.customerId }),
    ...subjectOf(found),
    ...(payloadDigest && { payloadDigest }),
    ...(await encryptReply(keys, answer.sealed)),
    id: exchangeId,
  };
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

/** Decides by the common rules, unless the dialect refuses. */
async function decide(context: ActingContext, of: HookCase, { activation }: Found): Promise<Issue | Reject> {
  const { entitlement, now } = of;
  const { seatsHeld, freed, usage } = entitlement;
  const leaseTerms = await dialectOf(context, of).hooks.leaseTerms?.(context, of);
  return validateDecision(context, of, decideRefresh({ activation, entitlement, seatsHeld, freed, usage, now, leaseTerms }));
}

/** The reply case of a refresh: the activation as it is, and what its device's last request stored. */
function replyCaseOf(hookCase: HookCase, { activation, device, entitlement }: Found, decision: Issue): ReplyCase {
  const { activatedAt, fingerprint, earlierFingerprints } = activation;
  return {
    ...{ hookCase, requestKey: null, codeId: null, decision, storedState: hookCase.storedState, current: activation },
    ...{ activationId: activation.id, activatedAt, deviceId: device.id, device },
    ...{ rules: entitlement, fingerprint, earlierFingerprints, clockSkewSeconds: device.clockSkewSeconds },
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

/** A digest of the options, which tells refreshes with different options apart; null without options. */
function digestOfOptions(options: Json): string | null {
  return options === null ? null : digestOfFile(new TextEncoder().encode(JSON.stringify(options)));
}

/**
 * Makes a function that finds an equal file which the same person got from this process or another since the first call: one made after the
 * lease sequence that the first call was given.
 */
function findShared(
  { db, actor }: ActingContext,
  { activationId, options }: { activationId: string; options: Json },
): (sequence: number) => Promise<string | null> {
  const same = { activationId, userId: userIdOf(actor), actor: actor.label, payloadDigest: digestOfOptions(options) };
  let first: number | null = null;
  return async (sequence) => {
    first ??= sequence;
    return sequence === first ? null : readRefreshSince(db, { ...same, sequence: first });
  };
}

const inFlight = new WeakMap<Database, Map<string, Promise<unknown>>>();

/**
 * Runs `act` once for all concurrent callers with the same name in this process and gives all of them its result. A later call runs it anew.
 *
 * @param name everything that the result depends on, the person included
 */
function shareInFlight<Value>(db: Database, name: readonly unknown[], act: () => Promise<Value>): Promise<Value> {
  const all = inFlight.get(db) ?? new Map<string, Promise<unknown>>();
  inFlight.set(db, all);
  const key = JSON.stringify(name);
  // The same name stands for the same act, and so for the same type of value.
  const known = all.get(key) as Promise<Value> | undefined;
  if (known !== undefined) return known;
  const doing = act().finally(() => all.delete(key));
  all.set(key, doing);
  return doing;
}
