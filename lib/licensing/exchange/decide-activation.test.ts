import { describe, expect, it } from 'vitest';
import { seatsCap, UNLIMITED_SEATS } from '../seats/overdraft';
import { at, makeActivation, makeEntitlement, makeRequest, NOW, TAKE_OVER, USED_UP } from '../testing/cases';
import type { DescribedActivation } from './decide-activation';
import { decideActivation, decideRepeat } from './decide-activation';

const product = {
  fingerprintRequired: 2,
  fingerprintComponents: ['board', 'disk', 'network', 'cpu', 'hostname', 'mac', 'machine'],
  fingerprintMust: [],
  greatestRequestAge: null,
};
const ranOut = { leaseEndsAt: at('2026-02-01T00:00:00Z'), runsOutAt: at('2026-02-01T00:00:00Z') };

function decide(changes: Partial<Parameters<typeof decideActivation>[0]> = {}) {
  return decideActivation({
    request: makeRequest(),
    now: NOW,
    entitlement: makeEntitlement(),
    seatsHeld: 0,
    freed: [],
    usage: {},
    product,
    ofThisKey: null,
    ofThisDevice: null,
    takeOver: TAKE_OVER,
    ...changes,
  });
}

const ofKey = (changes: Partial<DescribedActivation> = {}, entitlementId = 'entitlement-1') => ({
  ...makeActivation(changes),
  entitlementId,
});

const codeOf = (decision: { outcome: string; rejection?: { code: string } }) => decision.rejection?.code ?? decision.outcome;

describe('the cap of seats', () => {
  it.each([
    [5, { kind: 'none' }, 5],
    [0, { kind: 'none' }, 0],
    [5, { kind: 'absolute', seats: 2 }, 7],
    [5, { kind: 'percent', percent: 10 }, 5],
    [25, { kind: 'percent', percent: 10 }, 27],
    [5, { kind: 'percent', percent: 100 }, 10],
    [5, { kind: 'unlimited' }, UNLIMITED_SEATS],
    [UNLIMITED_SEATS, { kind: 'absolute', seats: 1 }, UNLIMITED_SEATS],
  ] as const)('of %i seats with overdraft %o is %i', (seats, overdraft, cap) => {
    expect(seatsCap(seats, overdraft)).toBe(cap);
  });
});

describe('an activation request', () => {
  it.each([
    ['a free seat', { seatsHeld: 4 }, 'grant'],
    ['no free seat', { seatsHeld: 5 }, 'no-seat-free'],
    ['overdraft left', { seatsHeld: 5, entitlement: makeEntitlement({ overdraft: { kind: 'absolute', seats: 1 } }) }, 'grant'],
    [
      'overdraft used up',
      { seatsHeld: 6, entitlement: makeEntitlement({ overdraft: { kind: 'absolute', seats: 1 } }) },
      'no-seat-free',
    ],
    ['overdraft without limit', { seatsHeld: 5000, entitlement: makeEntitlement({ overdraft: { kind: 'unlimited' } }) }, 'grant'],
    [
      'a trial, which has no overdraft',
      { seatsHeld: 5, entitlement: makeEntitlement({ planType: 'trial', overdraft: { kind: 'unlimited' } }) },
      'no-seat-free',
    ],
    ['no offline lease period', { entitlement: makeEntitlement({ offlineLeasePeriod: null }) }, 'offline-not-allowed'],
    ['a disabled entitlement', { entitlement: makeEntitlement({ disabledAt: NOW }) }, 'entitlement-disabled'],
    ['an expired entitlement', { now: at('2027-01-01T00:00:00Z') }, 'entitlement-expired'],
    [
      'an entitlement in its grace',
      { now: at('2027-01-01T00:00:00Z'), entitlement: makeEntitlement({ gracePeriod: 'P5D' }) },
      'grant',
    ],
    ['an entitlement that has not started', { now: at('2025-01-01T00:00:00Z') }, 'entitlement-not-started'],
    ['a fingerprint that is too small', { product: { ...product, fingerprintRequired: 4 } }, 'fingerprint-too-small'],
    ['a lease length that is none', { request: makeRequest({ requestedLease: 'soon' }) }, 'requested-lease-refused'],
    ['a clock ten years behind', { request: makeRequest({ issuedAt: at('2016-03-01T00:00:00Z') }) }, 'grant'],
    ['a clock ten years ahead', { request: makeRequest({ issuedAt: at('2036-03-01T00:00:00Z') }) }, 'grant'],
    [
      'a request too old for the product',
      { request: makeRequest({ issuedAt: at('2026-02-01T00:00:00Z') }), product: { ...product, greatestRequestAge: 'P14D' } },
      'request-too-old',
    ],
    [
      'a request from the future for the product',
      { request: makeRequest({ issuedAt: at('2026-04-01T00:00:00Z') }), product: { ...product, greatestRequestAge: 'P14D' } },
      'request-from-the-future',
    ],
    [
      'a request young enough for the product',
      { request: makeRequest({ issuedAt: at('2026-02-16T00:00:00Z') }), product: { ...product, greatestRequestAge: 'P14D' } },
      'grant',
    ],
  ])('with %s: %s', (_, changes, expected) => {
    expect(codeOf(decide(changes))).toBe(expected);
  });

  it.each([
    [
      'its own active seat',
      { ofThisKey: ofKey() },
      { outcome: 'renew', activationId: 'activation-1', seat: null, takesSeat: false, sequence: 4 },
    ],
    [
      'its seat from before its keys changed',
      { ofThisDevice: makeActivation() },
      { outcome: 'renew', activationId: null, seat: 'moves', takesSeat: false, sequence: 1 },
    ],
    [
      'its seat that is being released, with new keys',
      { ofThisDevice: makeActivation({ state: 'releasing', releasedAt: NOW }) },
      { outcome: 'renew', activationId: null, seat: 'moves', takesSeat: false, sequence: 1 },
    ],
  ])('of a device that has %s needs no free seat', (_, changes, expected) => {
    const decision = decide({ seatsHeld: 5, ...changes });
    if (decision.outcome === 'reject') throw new Error(`expected a renewal, found ${decision.rejection.code}`);
    const { outcome, activationId, lookalike, takesSeat, lease } = decision;
    expect({ outcome, activationId, seat: lookalike?.seat ?? null, takesSeat, sequence: lease.sequence }).toEqual(expected);
  });

  it('of a device whose lease ran out takes a seat while one is free, and none when another took it', () => {
    const renewed = decide({ ofThisKey: ofKey({ state: 'lease_expired', ...ranOut }), seatsHeld: 4 });
    expect(renewed).toMatchObject({ outcome: 'renew', activationId: 'activation-1', takesSeat: true });
    expect(codeOf(decide({ ofThisKey: ofKey({ state: 'lease_expired', ...ranOut }), seatsHeld: 5 }))).toBe('no-seat-free');
  });

  it('starts the term of an entitlement that waits for it, once', () => {
    const waiting = makeEntitlement({ startRule: 'on-first-activation', startsAt: null, termEndsAt: null, termLength: 'P30D' });
    expect(decide({ entitlement: waiting })).toMatchObject({
      startsTerm: true,
      term: { startsAt: NOW, endsAt: at('2026-03-31T12:00:00Z') },
      lease: { endsAt: at('2026-03-31T12:00:00Z') },
    });
    expect(decide()).toMatchObject({ startsTerm: false });
  });

  it.each([
    ['released', { state: 'released', releaseKind: 'released', releasedAt: NOW }, 'activation-released'],
    ['being released', { state: 'releasing', releasedAt: NOW }, 'activation-released'],
    ['given back', { state: 'released', releaseKind: 'deactivated', releasedAt: NOW }, 'activation-returned'],
    ['replaced', { state: 'replaced', releasedAt: NOW }, 'activation-replaced'],
    ['revoked', { state: 'revoked', releasedAt: NOW }, 'activation-revoked'],
  ] as const)('signed with the key of an activation that was %s is refused', (_, changes, code) => {
    expect(codeOf(decide({ ofThisKey: ofKey(changes) }))).toBe(code);
  });

  it('signed with the key of a seat of another entitlement is refused', () => {
    expect(codeOf(decide({ ofThisKey: ofKey({}, 'entitlement-2') }))).toBe('activated-elsewhere');
  });

  it.each([
    ['nothing used', {}, 'grant'],
    ['some left', { pages: 99 }, 'grant'],
    ['nothing left', { pages: 100 }, 'consumption-used-up'],
  ])('on a consumption plan with %s: %s', (_, usage, expected) => {
    const entitlement = makeEntitlement({ planType: 'consumption', features: [{ code: 'pages', kind: 'counted', limit: 100 }] });
    expect(codeOf(decide({ entitlement, usage }))).toBe(expected);
  });
});

describe('a request that was answered before', () => {
  const answered = (changes: Partial<DescribedActivation> = {}) => ({
    exchangeId: 'x-1',
    payloadDigest: 'digest-1',
    activation: makeActivation(changes),
  });

  it.each([
    ['the activation lives', {}, 'repeat'],
    ['its lease ran out', { state: 'lease_expired', ...ranOut }, 'repeat'],
    ['the seat was given back', { state: 'released', releaseKind: 'deactivated', releasedAt: NOW }, 'activation-returned'],
    ['the seat is being released', { state: 'releasing', releasedAt: NOW }, 'activation-released'],
    ['the seat was released', { state: 'released', releaseKind: 'released', releasedAt: NOW }, 'activation-released'],
    ['it was replaced', { state: 'replaced', releasedAt: NOW }, 'activation-replaced'],
    ['it was revoked', { state: 'revoked', releasedAt: NOW }, 'activation-revoked'],
  ] as const)('when %s: %s', (_, changes, expected) => {
    expect(codeOf(decideRepeat(answered(changes), makeRequest(), NOW))).toBe(expected);
  });

  it('is refused when the same id stands for other content', () => {
    expect(codeOf(decideRepeat(answered(), makeRequest({ payloadDigest: 'other' }), NOW))).toBe('request-id-reused');
  });
});

describe('a request that is not simply of the activation it shows', () => {
  const five = { board: 'b', disk: 'd', network: 'n', cpu: 'c', machine: 'i' };
  const request = (components: Record<string, string>, changes = {}) => {
    const { device } = makeRequest();
    return makeRequest({ device: { ...device, fingerprint: { version: 1, components } }, ...changes });
  };
  const known = (changes: Partial<DescribedActivation> = {}) =>
    ofKey({ fingerprint: { version: 1, components: five }, ...changes });
  const seatOf = (decision: ReturnType<typeof decide>) =>
    decision.outcome === 'reject' ? decision.rejection.code : `${decision.outcome} ${decision.lookalike?.seat ?? 'goes on'}`;
  const usedUp = { takeOver: { ...TAKE_OVER, reinstalls: USED_UP } };

  it.each([
    ['the same parts', five, {}, 'renew goes on'],
    ['one of five parts exchanged', { ...five, disk: 'd2' }, {}, 'renew goes on'],
    ['two of five parts exchanged', { ...five, disk: 'd2', cpu: 'c2' }, {}, 'renew goes on'],
    ['three of five parts exchanged', { ...five, disk: 'd2', cpu: 'c2', board: 'b2' }, {}, 'renew moves'],
    ['three exchanged, and no reinstall left', { ...five, disk: 'd2', cpu: 'c2', board: 'b2' }, usedUp, 'key-of-another-machine'],
    [
      'parts of another machine',
      { board: 'x', disk: 'y', network: 'z', cpu: 'w', machine: 'v' },
      usedUp,
      'key-of-another-machine',
    ],
    ['one part more than before', { ...five, memory: 'r' }, {}, 'renew goes on'],
  ])('with its key and %s: %s', (_, components, changes, expected) => {
    expect(seatOf(decide({ request: request(components), ofThisKey: known(), ...changes }))).toBe(expected);
  });

  it('is held against every fingerprint that an answer still runs for, and no other', () => {
    const other = { version: 1, components: { ...five, board: 'b2', cpu: 'c2' } };
    const earlier = (runsOutAt: Date) => known({ earlierFingerprints: [{ fingerprint: other, runsOutAt }] });
    const exchanged = request({ ...five, disk: 'd2', machine: 'i2' });
    expect(seatOf(decide({ request: exchanged, ofThisKey: earlier(NOW), ...usedUp }))).toBe('renew goes on');
    expect(seatOf(decide({ request: exchanged, ofThisKey: earlier(at('2026-03-20T00:00:00Z')), ...usedUp }))).toBe(
      'key-of-another-machine',
    );
  });

  it('is held against nothing once the lease has run out', () => {
    const ended = known({ state: 'lease_expired', ...ranOut });
    expect(seatOf(decide({ request: request({ board: 'x', disk: 'y' }), ofThisKey: ended }))).toBe('renew goes on');
  });

  it.each([
    ['a reinstall left', {}, 'renew moves'],
    ['none left, and a seat free', usedUp, 'grant held'],
    ['none left, and no seat free', { ...usedUp, seatsHeld: 5 }, 'reinstalls-used-up'],
    ['nobody who may release it, and a seat free', { takeOver: { ...TAKE_OVER, releaser: null } }, 'grant kept'],
    [
      'nobody who may release it, and no seat free',
      { takeOver: { ...TAKE_OVER, releaser: null }, seatsHeld: 5 },
      'reinstall-needs-release',
    ],
  ])('with new keys and %s: %s', (_, changes, expected) => {
    expect(seatOf(decide({ ofThisDevice: makeActivation(), ...changes }))).toBe(expected);
  });

  it('takes no seat while as many machines may run as seats and reinstalls come to', () => {
    const freed = [{ at: at('2026-02-20T00:00:00Z'), runsOutAt: at('2026-05-01T00:00:00Z') }];
    expect(seatOf(decide({ seatsHeld: 4, freed }))).toBe('grant goes on');
    expect(seatOf(decide({ seatsHeld: 4, freed: [...freed, ...freed] }))).toBe('no-seat-free');
    expect(seatOf(decide({ seatsHeld: 4, freed: [...freed, { ...freed[0], at: NOW, runsOutAt: NOW }] }))).toBe('grant goes on');
  });

  it.each([
    ['the same name', { hardware: 'one' }, 'renew stays'],
    ['another name', { hardware: 'two' }, 'renew moves'],
  ])('takes its seat along where answers run on %s alone: %s', (_, components, expected) => {
    const bound = request(components, { keyIsOf: 'device', fingerprintRequired: 1, dialect: 'licensespring' });
    const older = makeActivation({ fingerprint: { version: 1, components: { hardware: 'one' } } });
    expect(
      seatOf(
        decide({
          request: bound,
          product: { ...product, fingerprintRequired: 1, fingerprintComponents: null },
          ofThisDevice: older,
        }),
      ),
    ).toBe(expected);
  });
});
