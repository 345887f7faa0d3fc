import { z } from 'zod';
import { commitClaimClosed } from '@/db/claims/commit-claim';
import type { AuditEntry } from '@/db/exchange/exchange-entry';
import { commitRelease } from '@/db/seats/commit-release';
import type { ReleaseCaseFound } from '@/db/seats/read-release-case';
import { readReleaseCase } from '@/db/seats/read-release-case';
import type { ApproverTie } from '@/lib/licensing/claims/approver-ties';
import { decideApproval, refuseAnswer, refuseWithdrawal } from '@/lib/licensing/claims/lost-device-claim';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallsLeft } from '@/lib/licensing/seats/allowance';
import { isPerson, scopeOf, userIdOf } from '../actor';
import { recordRefusal } from '../audit/record-refusal';
import type { ActingContext } from '../context';
import { retryCommit } from '../exchange/retry-commit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { reasonText, words } from '../seats/release-input';
import { seatAudit } from '../seats/seat-audit';
import { findTiesToClaimant } from './approver-ties';

/** A claim that was just approved, refused or withdrawn. Its mails are due now. */
export interface Answered {
  readonly claimId: string;
  /** After an approval: when the seat becomes free; null when it is free already, and after a refusal or withdrawal. */
  readonly heldUntil: Date | null;
}

interface Answer {
  readonly claimId: string;
  readonly answer: string;
  readonly again: boolean;
}

type Found = NonNullable<ReleaseCaseFound['found']>;
type Case = Found & { readonly now: Date; readonly claim: NonNullable<Found['claim']> };

const input = z.object({ claimId: z.uuid(), answer: words });

/** Approves a claim and releases its seat in the same statement. A claimant cannot approve their own claim. */
export const approveClaim = defineOperation({
  name: 'claim.approve',
  kind: 'command',
  permission: 'claim:answer',
  input,
  run: (values, context) => answer(values, (again) => approve(context, { ...values, again })),
});

/** Refuses a claim: the seat stays with its device. A claimant cannot refuse their own claim. */
export const refuseClaim = defineOperation({
  name: 'claim.refuse',
  kind: 'command',
  permission: 'claim:answer',
  input,
  run: (values, context) => answer(values, (again) => close(context, { ...values, again, state: 'refused' })),
});

/** Withdraws the actor's own claim. */
export const withdrawClaim = defineOperation({
  name: 'claim.withdraw',
  kind: 'command',
  permission: 'claim:open',
  input: z.object({ claimId: z.uuid() }),
  run: (values, context) => answer(values, (again) => close(context, { ...values, answer: '', again, state: 'withdrawn' })),
});

async function answer(
  { claimId }: { readonly claimId: string },
  attempt: (again: boolean) => Promise<Omit<Answered, 'claimId'> | Rejection | 'stale'>,
): Promise<Result<Answered>> {
  const outcome = await retryCommit(attempt);
  return 'code' in outcome ? refuse(outcome) : done({ claimId, ...outcome });
}

async function readCase({ db, actor, now }: ActingContext, claimId: string): Promise<Case | null> {
  const read = await readReleaseCase(db, { scope: scopeOf(actor), claimId, now });
  const { found } = read;
  return found === null || found.claim === null ? null : { ...found, claim: found.claim, now: read.now };
}

async function approve(
  context: ActingContext,
  { claimId, answer, again }: Answer,
): Promise<Omit<Answered, 'claimId'> | Rejection | 'stale'> {
  const { actor, db } = context;
  if (!isPerson(actor) && actor.role !== 'operator') return reject('not-allowed');
  if (actor.role === 'member') return reject('not-allowed');
  const userId = userIdOf(actor);
  const found = await readCase(context, claimId);
  if (found === null) return reject('not-found');
  const { activation, entitlement, releasedAts, claim, now } = found;
  if (again && claim.state === 'approved' && claim.decidedBy === userId) {
    return { heldUntil: activation.state === 'releasing' ? activation.runsOutAt : null };
  }

  const policy = entitlement.releasePolicy;
  const reinstalls = reinstallsLeft(entitlement, entitlement.freed, now);
  const approver = { role: actor.role, userId };
  const ties = await findTiesToClaimant(context, claim, now);
  const decision = decideApproval({ claim, approver, ties, activation, policy, releasedAts, reinstalls, now });
  const { reason, note } = claim;
  const audit = seatAudit(actor, { at: now, action: 'seat.released', activation, detail: { reason, note, claimId } });
  const claimAudit: AuditEntry = {
    ...audit,
    action: 'claim.approved',
    detail: { claimId, claimant: claim.claimantName, answer },
  };
  if (decision.outcome === 'reject') {
    const { rejection } = decision;
    await recordRefusal(context, { ...claimAudit, action: 'claim.approve-refused', code: rejection.code });
    return rejection;
  }
  const outcome = await commitRelease(db, {
    at: now,
    decision,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    revision: entitlement.revision,
    leaseSequence: activation.leaseSequence,
    limit: actor.role === 'operator' ? null : policy.limit,
    reinstalls,
    userId,
    reason: reasonText(claim),
    claim: { id: claimId, answer, ties, told: tiesAudit(audit, { claim, ties }), audit: claimAudit },
    audit: { ...audit, detail: { reason, note, claimId, heldUntil: decision.heldUntil?.toISOString() ?? null } },
  });
  return outcome === 'done' ? { heldUntil: decision.heldUntil } : 'stale';
}

/**
 * The audit entry for support, hidden from customers, about an approval by somebody who may be the claimant under another account; null when
 * nothing ties the two.
 */
function tiesAudit(
  audit: AuditEntry,
  { claim, ties }: { claim: Case['claim']; ties: readonly ApproverTie[] },
): AuditEntry | null {
  if (ties.length === 0) return null;
  const { at, userId, actor, role, entitlementId = null, deviceId = null } = audit;
  const detail = { claimId: claim.id, claimant: claim.claimantName, ties };
  const about = { ...(entitlementId && { entitlementId }), ...(deviceId && { deviceId }) };
  return { at, customerId: null, userId, actor, role, action: 'claim.approved-with-ties', ...about, detail };
}

async function close(
  context: ActingContext,
  { claimId, answer, again, state }: Answer & { readonly state: 'refused' | 'withdrawn' },
): Promise<Omit<Answered, 'claimId'> | Rejection | 'stale'> {
  const { actor, db } = context;
  const userId = userIdOf(actor);
  const found = await readCase(context, claimId);
  if (found === null) return reject('not-found');
  const { claim, activation, now } = found;
  const closed = { heldUntil: null };
  if (again && claim.state === state && claim.decidedBy === userId) return closed;

  const detail = { claimId, claimant: claim.claimantName, answer };
  const audit = seatAudit(actor, { at: now, action: `claim.${state}`, activation, detail });
  const rejection = state === 'refused' ? refuseAnswer(claim, { userId }) : refuseWithdrawal(claim, userId);
  if (rejection !== null) {
    const action = state === 'refused' ? 'claim.refuse-refused' : 'claim.withdraw-refused';
    await recordRefusal(context, { ...audit, action, code: rejection.code });
    return rejection;
  }
  const { customerId } = activation;
  const outcome = await commitClaimClosed(db, { at: now, claimId, customerId, state, userId, answer, audit });
  return outcome === 'done' ? closed : 'stale';
}
