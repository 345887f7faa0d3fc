import { describe, expect, it } from 'vitest';
import { chooseEntitlement } from '../entitlements/entitlement';
import { decideRefresh } from '../leases/decide-refresh';
import type { Activation } from '../seats/activation';
import { activationStateAt, holdsSeatAt } from '../seats/activation';
import { decideRelease } from '../seats/decide-release';
import { at, makeActivation, makeEntitlement, makeProof, NOW, ONE_LEFT } from '../testing/cases';
import { decideDeactivation } from './decide-deactivation';

const ranOut = { leaseEndsAt: at('2026-02-01T00:00:00Z'), runsOutAt: at('2026-02-01T00:00:00Z') };

const codeOf = (decision: { outcome: string; rejection?: { code: string } }) => decision.rejection?.code ?? decision.outcome;

describe('a refresh', () => {
  const refresh = (changes: Partial<Activation>, seatsHeld = 5) =>
    decideRefresh({
      activation: makeActivation(changes),
      entitlement: makeEntitlement(),
      seatsHeld,
      freed: [],
      usage: {},
      now: NOW,
    });

  it('before the lease ends makes the next lease on the same seat', () => {
    expect(refresh({})).toMatchObject({
      outcome: 'renew',
      takesSeat: false,
      lease: { sequence: 4, endsAt: at('2026-05-30T12:00:00Z') },
    });
  });

  it.each([
    ['after the lease ran out, with a seat free', { state: 'lease_expired', ...ranOut }, 4, 'renew'],
    ['after the lease ran out unnoticed, with a seat free', ranOut, 4, 'renew'],
    ['after the lease ran out, with the seat taken by another', { state: 'lease_expired', ...ranOut }, 5, 'no-seat-free'],
    ['of a released seat', { state: 'released', releaseKind: 'released', releasedAt: NOW }, 0, 'activation-released'],
    ['of a seat that is being released', { state: 'releasing', releasedAt: NOW }, 0, 'activation-released'],
  ] as const)('%s: %s', (_, changes, held, expected) => {
    expect(codeOf(refresh(changes, held))).toBe(expected);
  });
});

describe('a deactivation proof', () => {
  const prove = (
    changes: Partial<Activation> | null,
    proof = makeProof(),
    answered: { exchangeId: string; payloadDigest: string } | null = null,
    { returns = ONE_LEFT, mayMove = true } = {},
  ) => decideDeactivation({ proof, activation: changes && makeActivation(changes), answered, returns, mayMove, now: NOW });

  it.each([
    ['of an active seat', {}, true],
    ['of a seat that is being released', { state: 'releasing', releasedAt: NOW }, true],
    ['of a lease that ran out', { state: 'lease_expired', ...ranOut }, false],
    ['of a lease that ran out unnoticed', ranOut, false],
  ] as const)('%s returns it; frees a seat: %s', (_, changes, freesSeat) => {
    expect(prove(changes)).toEqual({ outcome: 'return', activationId: 'activation-1', freesSeat, heldUntil: null });
  });

  it.each([
    ['no activation', null, 'activation-unknown'],
    [
      'a seat given back by another proof',
      { state: 'released', releaseKind: 'deactivated', releasedAt: NOW },
      'activation-returned',
    ],
    ['a seat released without proof', { state: 'released', releaseKind: 'released', releasedAt: NOW }, 'activation-released'],
    ['a replaced activation', { state: 'replaced', releasedAt: NOW }, 'activation-replaced'],
    ['a revoked activation', { state: 'revoked', releasedAt: NOW }, 'activation-revoked'],
  ] as const)('for %s: %s', (_, changes, code) => {
    expect(codeOf(prove(changes))).toBe(code);
  });

  it('signed by another device is refused, also when that very proof was seen before', () => {
    expect(codeOf(prove({}, makeProof({ deviceKey: 'key-2' })))).toBe('proof-of-another-device');
  });

  it('that was answered before is answered the same and frees nothing', () => {
    const returned = { state: 'released', releaseKind: 'deactivated', releasedAt: NOW } as const;
    expect(prove(returned, makeProof(), { exchangeId: 'x-2', payloadDigest: 'digest-2' })).toEqual({
      outcome: 'repeat',
      answeredBy: 'x-2',
    });
    expect(codeOf(prove(returned, makeProof(), { exchangeId: 'x-2', payloadDigest: 'other' }))).toBe('request-id-reused');
  });
});

describe('a release without proof', () => {
  const release = (changes: Partial<Activation>, rule: 'when-lease-ran-out' | 'at-once' = 'when-lease-ran-out') =>
    decideRelease({
      activation: makeActivation(changes),
      policy: { allowedBy: ['customer_admin'], needsApproval: false, needsIndependence: false, limit: null, frees: rule },
      releaser: { role: 'customer_admin', isHolder: false },
      releasedAts: [],
      reinstalls: ONE_LEFT,
      now: NOW,
    });

  it.each([
    [
      'holds the seat until the last lease and its grace have run out',
      { runsOutAt: at('2026-04-10T00:00:00Z') },
      'when-lease-ran-out',
      { heldUntil: at('2026-04-10T00:00:00Z'), freesSeat: false },
    ],
    ['frees the seat at once where the vendor allows it', {}, 'at-once', { heldUntil: null, freesSeat: true }],
    [
      'of a lease that ran out frees nothing, because nothing is held',
      { state: 'lease_expired', ...ranOut },
      'when-lease-ran-out',
      { heldUntil: null, freesSeat: false },
    ],
  ] as const)('%s', (_, changes, rule, expected) => {
    expect(release(changes, rule)).toEqual({ outcome: 'release', activationId: 'activation-1', ...expected });
  });

  it.each([
    ['being released', { state: 'releasing', releasedAt: NOW }, 'lease-still-running'],
    ['released', { state: 'released', releaseKind: 'released', releasedAt: NOW }, 'activation-released'],
    ['given back', { state: 'released', releaseKind: 'deactivated', releasedAt: NOW }, 'activation-returned'],
  ] as const)('of a seat already %s is refused: %s', (_, changes, code) => {
    expect(codeOf(release(changes))).toBe(code);
  });
});

describe('what the clock does to an activation nobody touched', () => {
  it.each([
    ['active', '2026-03-31T23:59:59Z', 'active', true],
    ['active', '2026-04-01T00:00:00Z', 'lease_expired', false],
    ['releasing', '2026-03-31T23:59:59Z', 'releasing', true],
    ['releasing', '2026-04-01T00:00:00Z', 'released', false],
    ['released', '2026-05-01T00:00:00Z', 'released', false],
  ] as const)('%s at %s is %s and holds a seat: %s', (state, now, expected, holds) => {
    expect(activationStateAt(makeActivation({ state }), at(now))).toBe(expected);
    expect(holdsSeatAt(makeActivation({ state }), at(now))).toBe(holds);
  });
});

describe('the entitlement a code means', () => {
  const covered = [
    makeEntitlement({ id: 'a' }),
    makeEntitlement({ id: 'b', productCode: 'other' }),
    makeEntitlement({ id: 'c', productCode: 'other' }),
  ];

  it.each([
    ['press-control', null, 'a'],
    ['other', 'c', 'c'],
    ['other', null, 'entitlement-ambiguous'],
    ['press-control', 'b', 'entitlement-unknown'],
    ['third', null, 'entitlement-unknown'],
  ])('for %s naming %s is %s', (productCode, entitlementId, expected) => {
    const chosen = chooseEntitlement({ covered, productCode, entitlementId });
    expect('code' in chosen ? chosen.code : chosen.id).toBe(expected);
  });
});
