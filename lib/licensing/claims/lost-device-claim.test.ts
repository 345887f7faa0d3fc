import { describe, expect, it } from 'vitest';
import type { Activation } from '../seats/activation';
import type { ReleasePolicy } from '../seats/release-policy';
import { at, makeActivation, NOW, ONE_LEFT } from '../testing/cases';
import type { ApproverTie } from './approver-ties';
import type { Approver, Claim } from './lost-device-claim';
import { decideApproval, refuseWithdrawal } from './lost-device-claim';

const CLAIM: Claim = { id: 'claim-1', claimantId: 'mira', state: 'open' };
const POLICY: ReleasePolicy = {
  allowedBy: ['member'],
  needsApproval: true,
  needsIndependence: false,
  limit: null,
  frees: 'at-once',
};
const ADMIN: Approver = { role: 'customer_admin', userId: 'ada' };
const INDEPENDENT = { needsIndependence: true } as const;
const OPERATOR: Approver = { role: 'operator', userId: null };

interface Changes {
  readonly claim?: Partial<Claim>;
  readonly policy?: Partial<ReleasePolicy>;
  readonly activation?: Partial<Activation>;
  readonly approver?: Approver;
  readonly releasedAts?: readonly Date[];
  readonly ties?: readonly ApproverTie[];
}

function approve({ claim, policy, activation, approver = ADMIN, releasedAts = [], ties = [] }: Changes = {}) {
  return decideApproval({
    claim: { ...CLAIM, ...claim },
    approver,
    ties,
    activation: makeActivation(activation),
    policy: { ...POLICY, ...policy },
    releasedAts,
    reinstalls: ONE_LEFT,
    now: NOW,
  });
}

describe('an approval', () => {
  const used = { policy: { limit: { releases: 1, days: 30 } }, releasedAts: [NOW] };

  it.each<[string, Changes, string]>([
    ['by an administrator, who need not be one who releases', {}, 'release'],
    ['where the policy no longer wants one', { policy: { needsApproval: false } }, 'release'],
    ['by the claimant', { approver: { ...ADMIN, userId: 'mira' } }, 'own-claim'],
    ['of a claim that was answered', { claim: { state: 'refused' } }, 'claim-closed'],
    ['where seats are no longer released without proof', { policy: { allowedBy: [] } }, 'release-not-offered'],
    ['where they are not, by the operator', { policy: { allowedBy: [] }, approver: OPERATOR }, 'release'],
    ['by an administrator with a tie', { ties: ['approver-young'] }, 'release'],
    ['by one, where the policy wants none', { ties: ['approver-young'], policy: INDEPENDENT }, 'approver-not-independent'],
    ['by one without a tie, where the policy wants none', { policy: INDEPENDENT }, 'release'],
    ['where it wants none, by the operator', { ties: ['approver-young'], policy: INDEPENDENT, approver: OPERATOR }, 'release'],
    ['beyond the limit', used, 'release-limit-reached'],
    ['beyond the limit, by the operator', { ...used, approver: OPERATOR }, 'release'],
    ['of a seat that was given up', { activation: { state: 'released', releaseKind: 'deactivated' } }, 'activation-returned'],
  ])('%s', (_, changes, expected) => {
    const decision = approve(changes);
    expect(decision.outcome === 'reject' ? decision.rejection.code : decision.outcome).toBe(expected);
  });

  it('releases the seat as the policy says', () => {
    expect(approve()).toMatchObject({ freesSeat: true, heldUntil: null });
    const held = { frees: 'when-lease-ran-out' } as const;
    expect(approve({ policy: held })).toMatchObject({ freesSeat: false, heldUntil: makeActivation().runsOutAt });
    const ranOut = { leaseEndsAt: at('2026-02-01T00:00:00Z'), runsOutAt: at('2026-02-01T00:00:00Z') };
    expect(approve({ policy: held, activation: ranOut })).toMatchObject({ freesSeat: false, heldUntil: null });
  });
});

describe('taking a claim back', () => {
  it.each([
    ['by the claimant', 'open', 'mira', null],
    ['by another', 'open', 'ada', 'claim-of-another'],
    ['by the operator', 'open', null, 'claim-of-another'],
    ['after it was answered', 'approved', 'mira', 'claim-closed'],
  ] as const)('%s', (_, state, userId, expected) => {
    expect(refuseWithdrawal({ ...CLAIM, state }, userId)?.code ?? null).toBe(expected);
  });
});
