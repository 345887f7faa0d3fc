import { describe, expect, it } from 'vitest';
import { at, makeActivation, NOW, TAKE_OVER, USED_UP } from '../testing/cases';
import { decideLookalike } from './lookalike';
import type { ReleasePolicy } from './release-policy';

function decide(changes: Partial<Parameters<typeof decideLookalike>[0]> = {}) {
  const lookalike = decideLookalike({
    activation: makeActivation(),
    rules: TAKE_OVER,
    isBound: false,
    isOfKey: false,
    now: NOW,
    ...changes,
  });
  return lookalike && `${lookalike.seat}${lookalike.why === null ? '' : `: ${lookalike.why.code}`}`;
}

const policy = (changes: Partial<ReleasePolicy>) => ({ ...TAKE_OVER, policy: { ...TAKE_OVER.policy, ...changes } });
const ranOut = { runsOutAt: at('2026-02-01T00:00:00Z') };
const released = { state: 'releasing', releaseKind: 'released', releasedAt: NOW } as const;
const returned = { state: 'releasing', releaseKind: 'deactivated', releasedAt: NOW } as const;

describe('the seat of a machine that this one looks like', () => {
  it.each([
    ['is active, and a reinstall is left', {}, 'moves'],
    ['is active, and none is left', { rules: { ...TAKE_OVER, reinstalls: USED_UP } }, 'held: reinstalls-used-up'],
    ['ran out', { activation: makeActivation({ state: 'lease_expired', ...ranOut }) }, 'lapsed'],
    ['ran out unnoticed', { activation: makeActivation(ranOut) }, 'lapsed'],
    ['is being released', { activation: makeActivation(released) }, 'moves'],
    [
      'is being released, and no reinstall is left',
      { activation: makeActivation(released), rules: { ...TAKE_OVER, reinstalls: USED_UP } },
      'held: reinstalls-used-up',
    ],
    ['is held after a proof', { activation: makeActivation(returned) }, 'moves'],
    [
      'is held after a proof, and no reinstall is left',
      { activation: makeActivation(returned), rules: { ...TAKE_OVER, reinstalls: USED_UP } },
      'held: reinstalls-used-up',
    ],
    ['is bound to a name that the machine always has', { isBound: true, rules: { ...TAKE_OVER, reinstalls: USED_UP } }, 'stays'],
    ['is one that a guest names', { rules: { ...TAKE_OVER, releaser: null } }, 'kept: reinstall-needs-release'],
    [
      'is one that a member may not release',
      { rules: { ...TAKE_OVER, releaser: { role: 'member', isHolder: true } as const } },
      'kept: reinstall-needs-release',
    ],
    [
      'is of another member',
      { rules: { ...policy({ allowedBy: ['member'] }), releaser: { role: 'member', isHolder: false } as const } },
      'kept: reinstall-needs-release',
    ],
    [
      'is the member’s own, where members may release',
      { rules: { ...policy({ allowedBy: ['member'] }), releaser: { role: 'member', isHolder: true } as const } },
      'moves',
    ],
    ['waits for an approval', { rules: policy({ needsApproval: true }) }, 'kept: reinstall-needs-approval'],
    [
      'waits for nobody where the operator hands the file in',
      { rules: { ...policy({ needsApproval: true, allowedBy: [] }), releaser: { role: 'operator' } as const } },
      'moves',
    ],
    [
      'is over the limit of releases',
      { rules: { ...policy({ limit: { releases: 1, days: 30 } }), releasedAts: [at('2026-02-20T00:00:00Z')] } },
      'kept: reinstall-over-limit',
    ],
    [
      'is within the limit again',
      { rules: { ...policy({ limit: { releases: 1, days: 30 } }), releasedAts: [at('2026-01-20T00:00:00Z')] } },
      'moves',
    ],
    ['is shown by its own key, for any submitter', { isOfKey: true, rules: { ...TAKE_OVER, releaser: null } }, 'moves'],
    [
      'is shown by its own key, and no reinstall is left',
      { isOfKey: true, rules: { ...TAKE_OVER, reinstalls: USED_UP } },
      'held: reinstalls-used-up',
    ],
    ['was released', { activation: makeActivation({ state: 'released', releaseKind: 'released', releasedAt: NOW }) }, null],
    ['was replaced', { activation: makeActivation({ state: 'replaced', releasedAt: NOW }) }, null],
    ['was revoked', { activation: makeActivation({ state: 'revoked', releasedAt: NOW }) }, null],
  ])('%s: %s', (_, changes, expected) => {
    expect(decide(changes)).toBe(expected);
  });
});
