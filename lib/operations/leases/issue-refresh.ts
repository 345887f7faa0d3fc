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
import type { PlaceInLine } from '../exchange/device-line';
import { placeInLine } from '../exchange/device-line';
import { digestOfFile } from '../exchange/open-file';
import { auditOf, refusedMembers, startExchange } from '../exchange/record-exchange';
import { retryCommit } from '../exchange/retry-commit';
import type { ReplyCase } from '../exchange/seal-reply';
import { keptReply, sealReplies } from '../exchange/seal-reply';
import { countRefresh, isRefusedTooOften } from '../limits/budget';
import { defineOperation, done, refuse } from '../operation';

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
  readonly dialect: DialectId;
  readonly otherwise: Rejection;
}

interface ToRefresh {
  readonly activationId: string;
  /** What the dialect is asked of the file, in its own words. */
  readonly options?: Json;
  readonly only?: OnlyDialect;
}

/**
 * Makes a refresh file for somebody who may be impatient: what the same person asks for several times at once is one refresh, and all get the
 * same file.
 */
export async function makeOneRefresh(context: ActingContext, refresh: ToRefresh): Promise<Committed | Rejection> {
  const { db, actor, via, now } = context;
  const { activationId, options = null, only = null } = refresh;
  const name = ['refresh', activationId, userIdOf(actor), actor.label, via, now ?? null, options, only];
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
): Promise<Committed | Rejection> {
  const { activationId, exchangeId, before, isShared = false, options = null, only = null } = refresh;
  const shared = isShared ? findShared(context, { activationId, options }) : async () => null;
  const place = placeInLine(context.db, exchangeId);
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
  /** The same for all attempts: a refresh that was committed before its connection was lost is known by it. */
  readonly exchangeId: string;
  readonly options: Json;
  readonly only: OnlyDialect | null;
  readonly again: boolean;
  readonly place: PlaceInLine;
  /** The file that will do as well, by the sequence of the newest lease. */
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
    ...(await keptReply(keys, answer.sealed)),
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

/** Decides by the rules, unless the dialect has a reason of its own against it. */
async function decide(context: ActingContext, of: HookCase, { activation }: Found): Promise<Issue | Reject> {
  const { entitlement, now } = of;
  const { seatsHeld, freed, usage } = entitlement;
  const leaseTerms = await dialectOf(context, of).hooks.leaseTerms?.(context, of);
  return validateDecision(context, of, decideRefresh({ activation, entitlement, seatsHeld, freed, usage, now, leaseTerms }));
}

/** What the refresh is made of: the seat as it is, and the request that its device made last. */
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

/** Tells refreshes from one another that were asked for in different words; null where nothing was asked. */
function digestOfOptions(options: Json): string | null {
  return options === null ? null : digestOfFile(new TextEncoder().encode(JSON.stringify(options)));
}

/**
 * Finds the file that the same person got for the same, at this process or another, since this was asked for: by the sequence of the lease that
 * the device had then.
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

const underWay = new WeakMap<Database, Map<string, Promise<unknown>>>();

/**
 * Does something once for all who ask for the very same while it is under way, and gives all of them its result. A later caller, or another
 * process, has it done anew.
 *
 * @param name names what is done, for whom, and everything that it depends on
 */
function joined<Value>(db: Database, name: readonly unknown[], act: () => Promise<Value>): Promise<Value> {
  const all = underWay.get(db) ?? new Map<string, Promise<unknown>>();
  underWay.set(db, all);
  const key = JSON.stringify(name);
  // The same name stands for the same act, and so for the same kind of value.
  const known = all.get(key) as Promise<Value> | undefined;
  if (known !== undefined) return known;
  const doing = act().finally(() => all.delete(key));
  all.set(key, doing);
  return doing;
}
