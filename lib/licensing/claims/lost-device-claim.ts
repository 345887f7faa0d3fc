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

/** `withdrawn` by the claimant; or by nobody, when the seat came free in another way. */
export const CLAIM_STATES = ['open', 'approved', 'refused', 'withdrawn'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** A release without proof that waits for another person's approval, as the policy asks. */
export interface Claim {
  readonly id: string;
  readonly claimantId: string;
  readonly state: ClaimState;
}

/** Who answers a claim: an administrator of the customer, support, or the operator. Never the claimant. */
export interface Approver {
  readonly role: Exclude<ReleasingRole, 'member'> | 'operator';
  readonly userId: string | null;
}

/** Refuses a person who may not answer a claim; null when they may. */
export function refuseAnswer(claim: Claim, approver: Pick<Approver, 'userId'>): Rejection | null {
  if (claim.state !== 'open') return reject('claim-closed');
  if (claim.claimantId === approver.userId) return reject('own-claim');
  return null;
}

/** Refuses a person who may not withdraw a claim; null when they may. */
export function refuseWithdrawal(claim: Claim, userId: string | null): Rejection | null {
  if (claim.claimantId !== userId) return reject('claim-of-another');
  return claim.state === 'open' ? null : reject('claim-closed');
}

/**
 * Decides whether a claim can be approved, and on its release. The policy and its limit apply as they are now, not as they were when the claim
 * was made.
 */
export function decideApproval(input: {
  claim: Claim;
  approver: Approver;
  /** The ties between approver and claimant. */
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
