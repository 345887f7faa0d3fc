import type { Reject, Release } from '../exchange/decision';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';
import type { Activation } from '../seats/activation';
import type { AllowanceLeft } from '../seats/allowance';
import { releaseBy } from '../seats/decide-release';
import type { ReleasePolicy, ReleasingRole } from '../seats/release-policy';
import type { ApproverTie } from './approver-ties';

/** Why a seat is released without the device's proof. */
export const RELEASE_REASONS = ['lost', 'stolen', 'broken', 'sold', 'reinstalled', 'other'] as const;
export type ReleaseReason = (typeof RELEASE_REASONS)[number];

/** `withdrawn` by whoever asked; or by nobody, when the seat came free in another way. */
export const CLAIM_STATES = ['open', 'approved', 'refused', 'withdrawn'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** A release without proof that somebody asked for, because the policy wants somebody else to agree. */
export interface Claim {
  readonly id: string;
  readonly claimantId: string;
  readonly state: ClaimState;
}

/** Who answers a claim: an administrator of the customer, support, or the operator. Never whoever made it. */
export interface Approver {
  readonly role: Exclude<ReleasingRole, 'member'> | 'operator';
  readonly userId: string | null;
}

/** Says why somebody may not answer a claim; null when they may. */
export function refuseAnswer(claim: Claim, approver: Pick<Approver, 'userId'>): Rejection | null {
  if (claim.state !== 'open') return reject('claim-closed');
  if (claim.claimantId === approver.userId) return reject('own-claim');
  return null;
}

/** Says why somebody may not take a claim back; null when they may. */
export function refuseWithdrawal(claim: Claim, userId: string | null): Rejection | null {
  if (claim.claimantId !== userId) return reject('claim-of-another');
  return claim.state === 'open' ? null : reject('claim-closed');
}

/**
 * Decides whether a claim can be approved, and what its release comes to. The policy and its limit count as they are now, not as they were
 * when somebody asked.
 */
export function decideApproval(input: {
  claim: Claim;
  approver: Approver;
  /** What ties the approver to whoever asked. */
  ties: readonly ApproverTie[];
  activation: Activation;
  policy: ReleasePolicy;
  releasedAts: readonly Date[];
  reinstalls: AllowanceLeft;
  now: Date;
}): Release | Reject {
  const { claim, approver, ties, policy } = input;
  const refused = refuseAnswer(claim, approver);
  if (refused !== null) return { outcome: 'reject', rejection: refused };
  const isBound = approver.role !== 'operator';
  if (isBound && policy.allowedBy.length === 0) return { outcome: 'reject', rejection: reject('release-not-offered') };
  if (isBound && policy.needsIndependence && ties.length > 0) {
    return { outcome: 'reject', rejection: reject('approver-not-independent') };
  }
  return releaseBy({ ...input, isBound });
}
