import { describe, expect, it } from 'vitest';
import { at, makeActivation, NOW, ONE_LEFT } from '../testing/cases';
import type { Activation } from './activation';
import { decideRelease } from './decide-release';
import { decideUndo } from './decide-undo';
import type { ReleasePolicy, Releaser } from './release-policy';
import { releaseQuotaAt } from './release-policy';

const ADMIN: Releaser = { role: 'customer_admin', isHolder: false };
const OPERATOR: Releaser = { role: 'operator' };
const POLICY: ReleasePolicy = {
  allowedBy: ['customer_admin'],
  needsApproval: false,
  needsIndependence: false,
  limit: null,
  frees: 'at-once',
};
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const codeOf = (decision: { outcome: string; rejection?: { code: string } }) => decision.rejection?.code ?? decision.outcome;

function release(policy: Partial<ReleasePolicy>, releaser: Releaser = ADMIN, releasedAts: readonly Date[] = []) {
  return decideRelease({
    activation: makeActivation(),
    policy: { ...POLICY, ...policy },
    releaser,
    releasedAts,
    reinstalls: ONE_LEFT,
    now: NOW,
  });
}

describe('a release without proof', () => {
  it.each([
    ['an administrator, where administrators may', ['customer_admin'], ADMIN, 'release'],
    ['an administrator, where only support may', ['support'], ADMIN, 'release-not-allowed'],
    ['a member of their own seat, where members may', ['member'], { role: 'member', isHolder: true }, 'release'],
    ['a member of another’s seat, where members may', ['member'], { role: 'member', isHolder: false }, 'seat-of-another'],
    ['a member, where members may not', ['customer_admin'], { role: 'member', isHolder: true }, 'release-not-allowed'],
    ['anybody, where nobody may', [], ADMIN, 'release-not-offered'],
    ['the operator, where nobody may', [], OPERATOR, 'release'],
  ] as const)('by %s', (_, allowedBy, releaser, expected) => {
    expect(codeOf(release({ allowedBy }, releaser))).toBe(expected);
  });

  it.each([
    ['none before', [], 'release'],
    ['one before', [daysAgo(3)], 'release'],
    ['two before', [daysAgo(3), daysAgo(9)], 'release-limit-reached'],
    ['two before, one of them long ago', [daysAgo(3), daysAgo(10)], 'release'],
  ])('with two in ten days allowed and %s', (_, releasedAts, expected) => {
    const limit = { releases: 2, days: 10 };
    expect(codeOf(release({ limit }, ADMIN, releasedAts))).toBe(expected);
    expect(codeOf(release({ limit }, OPERATOR, releasedAts))).toBe('release');
  });

  it('waits for approval where the policy wants it', () => {
    expect(release({ needsApproval: true })).toMatchObject({ outcome: 'ask', release: { outcome: 'release', freesSeat: true } });
    expect(codeOf(release({ needsApproval: true }, OPERATOR))).toBe('release');
  });
});

describe('the releases left', () => {
  it.each([
    [[], 3, null],
    [[1], 2, 29],
    [[1, 2, 29], 0, 1],
    [[1, 2, 3, 29], 0, 27],
    [[30], 3, null],
  ])('of three in thirty days, after releases %j days ago, are %i', (ago, left, nextInDays) => {
    const nextAt = nextInDays === null ? null : daysAgo(-nextInDays);
    expect(releaseQuotaAt({ releases: 3, days: 30 }, ago.map(daysAgo), NOW)).toEqual({ releases: 3, days: 30, left, nextAt });
  });
});

describe('undoing a release', () => {
  const released = { releaseKind: 'released', releasedAt: at('2026-02-20T00:00:00Z') } as const;
  const releasing = { state: 'releasing', ...released } as const;
  const free = { state: 'released', ...released } as const;
  const ranOut = { leaseEndsAt: at('2026-02-01T00:00:00Z'), runsOutAt: at('2026-02-01T00:00:00Z') };
  const undo = (changes: Partial<Activation>, isSeatFree = true, isSuperseded = false) =>
    decideUndo({
      activation: makeActivation(changes),
      undoer: { role: 'customer_admin', isReleaser: false },
      isSeatFree,
      isSuperseded,
      isMachineElsewhere: false,
      now: NOW,
    });

  it.each([
    ['while the seat is held keeps it, free seat or not', releasing, false, 'active', false],
    ['takes a free seat while the lease runs', free, true, 'active', true],
    ['of a lease that ran out takes no seat', { ...free, ...ranOut }, true, 'lease_expired', false],
    ['of a seat that came free unnoticed takes no seat', { ...releasing, ...ranOut }, true, 'lease_expired', false],
  ] as const)('%s', (_, changes, isSeatFree, state, takesSeat) => {
    expect(undo(changes, isSeatFree)).toEqual({ outcome: 'undo', activationId: 'activation-1', state, takesSeat });
  });

  it.each([
    ['a seat that went to another', free, false, false, 'undo-too-late'],
    ['a device that was activated anew', free, true, true, 'undo-too-late'],
    ['a seat that goes on', {}, true, false, 'nothing-to-undo'],
    ['a seat given back', { ...free, releaseKind: 'deactivated' } as const, true, false, 'nothing-to-undo'],
    ['a seat taken over', { ...released, state: 'replaced' } as const, true, false, 'undo-too-late'],
    ['a device set up anew', { state: 'replaced' } as const, true, false, 'nothing-to-undo'],
  ])('of %s is refused', (_, changes, isSeatFree, isSuperseded, code) => {
    expect(codeOf(undo(changes, isSeatFree, isSuperseded))).toBe(code);
  });

  it('by a member works for their own releases only', () => {
    const by = (isReleaser: boolean) =>
      decideUndo({
        activation: makeActivation(releasing),
        undoer: { role: 'member', isReleaser },
        isSeatFree: true,
        isSuperseded: false,
        isMachineElsewhere: false,
        now: NOW,
      });
    expect([codeOf(by(true)), codeOf(by(false))]).toEqual(['undo', 'release-of-another']);
  });
});
