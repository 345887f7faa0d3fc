import { randomUUID } from 'node:crypto';
import { issueStillHolds } from '@/db/exchange/commit';
import type { Fingerprint, FingerprintRules } from '@/lib/licensing/devices/fingerprint';
import { requiredToRun } from '@/lib/licensing/devices/fingerprint';
import type { DescribedActivation } from '@/lib/licensing/exchange/decide-activation';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import { mayKnowCustomer } from '../actor';
import type { ActingContext } from '../context';
import type { AnsweredActivation, BundleHooks, HookCase } from '../dialects/hooks';
import { dialectOf } from '../dialects/registry';
import type { Keys } from '../keys/keyring';

/** What one reply is built from: the decision on a request, on one entitlement of a bundle, or on a refresh. */
export interface ReplyCase extends AnsweredActivation {
  readonly hookCase: HookCase;
  /** Null in a refresh. */
  readonly requestKey: string | null;
  /** The code of the request, when its own number of seats limits it. */
  readonly codeId: string | null;
  /** The activation that is renewed or whose seat is taken over. */
  readonly current: { readonly id: string; readonly leaseSequence: number } | null;
  readonly rules: FingerprintRules;
  /** The components that count. */
  readonly fingerprint: Fingerprint;
  /** Those of earlier answers with the same key that may still run. */
  readonly earlierFingerprints: DescribedActivation['earlierFingerprints'];
  /** Device clock minus portal clock, in seconds. */
  readonly clockSkewSeconds: number;
}

/**
 * Builds and seals the replies to one file. Dialects that sign in turns wait for the customer's turn and check once more that the assumptions
 * of the decisions hold.
 *
 * @param cases one for each entitlement that the file asked for, all of one device
 * @param bundles seals all replies into the first answer; left out for a file that asked for one entitlement
 * @throws NotWantedError when an assumption no longer holds, QueueFullError when too many wait; both from dialects that sign in turns
 */
export async function sealReplies<Case extends ReplyCase>(
  context: ActingContext,
  cases: readonly Case[],
  bundles?: BundleHooks,
): Promise<{ readonly of: Case; readonly sealed: SealedFile }[]> {
  const [first] = cases;
  if (first === undefined) return [];
  const { keys, entitlement } = first.hookCase;
  const dialect = dialectOf(context, first.hookCase);
  const signing = { turnOf: entitlement.customerId, isStillWanted: () => allStillHold(context, cases) };
  const replies: { readonly of: Case; readonly reply: Reply }[] = [];
  for (const of of cases) replies.push({ of, reply: await buildReply(context, of) });
  const whole = await bundles?.seal(
    replies.map(({ reply }) => reply),
    keys,
    signing,
  );
  const answers: { readonly of: Case; readonly sealed: SealedFile }[] = [];
  for (const { of, reply } of replies) {
    const isWhole = answers.length === 0 && whole !== undefined;
    answers.push({ of, sealed: isWhole ? whole : await dialect.seal(reply, keys, signing) });
  }
  return answers;
}

async function allStillHold({ db }: ActingContext, cases: readonly ReplyCase[]): Promise<boolean> {
  for (const { hookCase, decision, requestKey, codeId, current } of cases) {
    const { now: at, entitlement, deviceKey, dialect } = hookCase;
    const of = { at, requestKey, deviceKey, dialect, codeId, current, takesSeat: decision.takesSeat };
    if (!(await issueStillHolds(db, { ...of, entitlementId: entitlement.id, revision: entitlement.revision }))) return false;
  }
  return true;
}

/** Builds the reply for the device: its lease and the rights of the entitlement. Names the customer only where the actor may know it. */
async function buildReply(context: ActingContext, of: ReplyCase): Promise<Reply> {
  const { hookCase, decision, device, fingerprint } = of;
  const { request, entitlement, keys, now } = hookCase;
  const running = of.earlierFingerprints.filter(({ runsOutAt }) => runsOutAt > now);
  return {
    kind: request === null ? 'refresh' : 'activation-response',
    replyId: randomUUID(),
    vendorId: keys.vendorId,
    activationId: of.activationId,
    inResponseTo: request?.requestId ?? null,
    deviceKey: hookCase.deviceKey,
    deviceName: device.name,
    replyTo: of.storedState,
    lease: decision.lease,
    rights: {
      entitlementId: entitlement.id,
      productCode: entitlement.productCode,
      offeringCode: entitlement.offeringCode,
      planType: entitlement.planType,
      features: entitlement.features,
      attributes: entitlement.attributes,
      termEndsAt: decision.term.endsAt,
      maintenanceEndsAt: entitlement.maintenanceEndsAt,
      seats: entitlement.seats,
    },
    customerName: mayKnowCustomer(context.actor) ? entitlement.customerName : null,
    fingerprint,
    fingerprintRequired: requiredToRun(
      fingerprint,
      running.map((earlier) => earlier.fingerprint),
      of.rules,
    ),
    serverTime: now,
    clockSkewSeconds: of.clockSkewSeconds,
    details: (await dialectOf(context, hookCase).hooks.replyDetails?.(context, hookCase, of)) ?? null,
  };
}

/** A sealed file as it is kept: encrypted, with the name it is downloaded by. */
export async function encryptReply(
  keys: Keys,
  { fileName, text }: SealedFile,
): Promise<{ replyName: string; reply: Uint8Array }> {
  return { replyName: fileName, reply: await keys.files.encrypt(new TextEncoder().encode(text)) };
}
