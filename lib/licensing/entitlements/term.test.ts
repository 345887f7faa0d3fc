import { describe, expect, it } from 'vitest';
import { addDuration, isDuration } from '../leases/duration';
import { leaseAt, leaseRunsOutAt } from '../leases/lease';
import { at, makeEntitlement, NOW } from '../testing/cases';
import { entitlementStateAt } from './entitlement';
import { PLAN_TYPES, startTerm } from './plan';

describe('a duration', () => {
  it.each([
    ['P90D', '2026-01-31T10:00:00Z', '2026-05-01T10:00:00Z'],
    ['P1M', '2026-01-31T10:00:00Z', '2026-02-28T10:00:00Z'],
    ['P1M', '2028-01-31T10:00:00Z', '2028-02-29T10:00:00Z'],
    ['P1Y', '2028-02-29T10:00:00Z', '2029-02-28T10:00:00Z'],
    ['P1Y2M3W4DT5H6M7S', '2026-01-01T00:00:00Z', '2027-03-26T05:06:07Z'],
    ['PT12H', '2026-12-31T18:00:00Z', '2027-01-01T06:00:00Z'],
  ])('%s after %s is %s', (duration, from, to) => {
    expect(addDuration(at(from), duration)).toEqual(at(to));
  });

  it.each(['', 'P', 'PT', 'P1', '1D', 'P-1D', 'P1.5D', 'P1DT', 'p1d', 'P1D ', 'P0D', 'PT0S', 'P9999999D'])(
    'is refused when it reads %j',
    (text) => {
      expect(isDuration(text)).toBe(false);
    },
  );

  it('throws instead of answering a date that does not exist', () => {
    expect(() => addDuration(NOW, 'P99999Y')).not.toThrow();
    expect(() => addDuration(new Date(8.64e15), 'P1D')).toThrow(RangeError);
    expect(() => addDuration(NOW, 'soon')).toThrow(RangeError);
  });
});

describe('a term', () => {
  it.each([
    ['on-creation', 'P1Y', null, '2026-03-01T12:00:00Z', '2027-03-01T12:00:00Z'],
    ['on-creation', null, null, '2026-03-01T12:00:00Z', null],
    ['on-date', 'P1M', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z'],
    ['on-date', 'P1M', null, '2026-03-01T12:00:00Z', '2026-04-01T12:00:00Z'],
    ['on-first-activation', 'P1Y', null, null, null],
  ] as const)('that starts %s for %s on %s runs from %s to %s', (startRule, termLength, date, startsAt, endsAt) => {
    const term = startTerm({ startRule, termLength, now: NOW, startsAt: date === null ? null : at(date) });
    expect(term).toEqual({ startsAt: startsAt && at(startsAt), endsAt: endsAt && at(endsAt) });
  });

  it.each([
    ['before its start', '2025-12-31T23:59:59Z', {}, 'scheduled'],
    ['at its start', '2026-01-01T00:00:00Z', {}, 'active'],
    ['just before its end', '2026-12-31T23:59:59Z', {}, 'active'],
    ['at its end without grace', '2027-01-01T00:00:00Z', {}, 'expired'],
    ['at its end with grace', '2027-01-01T00:00:00Z', { gracePeriod: 'P10D' }, 'grace'],
    ['after its grace', '2027-01-11T00:00:00Z', { gracePeriod: 'P10D' }, 'expired'],
    ['of a trial, which has no grace', '2027-01-01T00:00:00Z', { gracePeriod: 'P10D', planType: 'trial' }, 'expired'],
    ['when disabled', '2026-05-01T00:00:00Z', { disabledAt: NOW }, 'disabled'],
    ['that never ends', '2126-01-01T00:00:00Z', { planType: 'perpetual', termEndsAt: null }, 'active'],
    [
      'that waits for its first activation',
      '2026-05-01T00:00:00Z',
      { startRule: 'on-first-activation', startsAt: null, termEndsAt: null },
      'active',
    ],
  ] as const)('%s (%s) is %s', (_, now, changes, state) => {
    expect(entitlementStateAt(makeEntitlement(changes), at(now))).toBe(state);
  });

  it.each(PLAN_TYPES)('of a %s plan without an end never expires', (planType) => {
    expect(entitlementStateAt(makeEntitlement({ planType, termEndsAt: null }), at('2099-01-01T00:00:00Z'))).toBe('active');
  });
});

describe('a lease', () => {
  const lease = (changes: object, now: string, requestedLease: string | null = null) => {
    const entitlement = { ...makeEntitlement(changes), offlineLeasePeriod: 'P90D' };
    return leaseAt({
      entitlement,
      term: { startsAt: entitlement.startsAt, endsAt: entitlement.termEndsAt },
      now: at(now),
      sequence: 1,
      requestedLease,
      hasGrace: true,
    });
  };

  it.each([
    ['ends a lease period after the activation', {}, '2026-03-01T00:00:00Z', '2026-05-30T00:00:00Z', null],
    ['ends with the term when that is sooner', {}, '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z', null],
    [
      'of a perpetual plan ends a lease period after the activation',
      { termEndsAt: null },
      '2026-12-01T00:00:00Z',
      '2027-03-01T00:00:00Z',
      null,
    ],
    ['is followed by the grace', { gracePeriod: 'P10D' }, '2026-03-01T00:00:00Z', '2026-05-30T00:00:00Z', '2026-06-09T00:00:00Z'],
    [
      'keeps its grace within that of the term',
      { gracePeriod: 'P10D' },
      '2026-12-01T00:00:00Z',
      '2027-01-01T00:00:00Z',
      '2027-01-11T00:00:00Z',
    ],
    [
      'made in the grace of the term ends with that grace',
      { gracePeriod: 'P10D' },
      '2027-01-05T00:00:00Z',
      '2027-01-11T00:00:00Z',
      '2027-01-11T00:00:00Z',
    ],
    ['of a trial has no grace', { gracePeriod: 'P10D', planType: 'trial' }, '2026-03-01T00:00:00Z', '2026-05-30T00:00:00Z', null],
  ])('%s', (_, changes, now, endsAt, graceEndsAt) => {
    const made = lease(changes, now);
    expect(made).toEqual({ sequence: 1, startsAt: at(now), endsAt: at(endsAt), graceEndsAt: graceEndsAt && at(graceEndsAt) });
    expect(leaseRunsOutAt(made)).toEqual(at(graceEndsAt ?? endsAt));
  });

  it('is as short as the device asks for, and never longer than the entitlement allows', () => {
    expect(lease({}, '2026-03-01T00:00:00Z', 'P7D').endsAt).toEqual(at('2026-03-08T00:00:00Z'));
    expect(lease({}, '2026-03-01T00:00:00Z', 'P10Y').endsAt).toEqual(at('2026-05-30T00:00:00Z'));
  });

  it('counts in whole seconds', () => {
    expect(lease({}, '2026-03-01T00:00:00.987Z').startsAt).toEqual(at('2026-03-01T00:00:00Z'));
  });
});
