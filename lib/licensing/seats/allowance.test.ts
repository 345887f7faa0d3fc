import { describe, expect, it } from 'vitest';
import { at, makeEntitlement, NOW } from '../testing/cases';
import { boundOf, mostCounted, mostMachineDays, mostRunning } from '../testing/what-may-run';
import { possiblyRunning, reinstallsLeft, reinstallTimes, returnsLeft, returnTimes } from './allowance';
import { UNLIMITED_SEATS } from './overdraft';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const NONE = { times: null, days: null };

function sold(terms: Parameters<typeof makeEntitlement>[0] & { reinstalls?: object; returns?: object }) {
  const { reinstalls, returns, ...rest } = terms;
  return makeEntitlement({ ...rest, allowances: { reinstalls: { ...NONE, ...reinstalls }, returns: { ...NONE, ...returns } } });
}

/** A seat that came free so many days ago, whose lease runs out in so many from now. */
const freed = (ago: number, runsFor: number) => ({ at: daysAgo(ago), runsOutAt: daysAgo(-runsFor) });

describe('the number of reinstalls', () => {
  it.each([
    [1, null, 1],
    [9, null, 1],
    [10, null, 1],
    [20, null, 2],
    [99, null, 9],
    [0, null, 1],
    [50, 0, 0],
    [1, 7, 7],
  ])('for %i seats, where the vendor says %s, is %i', (seats, times, expected) => {
    expect(reinstallTimes(sold({ seats, reinstalls: { times } }))).toBe(expected);
  });
});

describe('a seat that came free without a proof', () => {
  it.each([
    ['yesterday, running still', freed(1, 89), 0],
    ['a lease ago less a day', freed(89, 1), 0],
    ['a lease ago, and its machine stopped', freed(90, 0), 1],
    ['long ago, and its machine runs still', freed(400, 1), 0],
  ])('%s: leaves %i', (_, seat, expected) => {
    expect(reinstallsLeft(sold({}), [seat], NOW).left).toBe(expected);
  });

  it('counts for the days that the vendor says, and at least while its machine may run', () => {
    const short = sold({ reinstalls: { days: 10 } });
    expect(reinstallsLeft(short, [freed(11, 5)], NOW)).toMatchObject({ left: 0, nextAt: daysAgo(-5) });
    expect(reinstallsLeft(short, [freed(11, -1)], NOW)).toMatchObject({ left: 1, nextAt: null });
    expect(reinstallsLeft(short, [freed(9, -1)], NOW)).toMatchObject({ left: 0, nextAt: daysAgo(-1), since: daysAgo(10) });
  });

  it('lets the oldest of more than are allowed not be waited for', () => {
    const two = [freed(80, 10), freed(50, 40), freed(10, 80)];
    expect(reinstallsLeft(sold({ reinstalls: { times: 2 } }), two, NOW)).toMatchObject({ left: 0, nextAt: daysAgo(-40) });
  });

  it('runs on beside those that hold a seat until its lease has run out', () => {
    expect(possiblyRunning(5, [freed(10, 1), freed(10, 0), freed(100, -10)], NOW)).toBe(6);
  });
});

describe('the number of returns', () => {
  it.each([
    [1, null, 4],
    [10, null, 40],
    [0, null, 4],
    [10, 0, 0],
    [10, 1, 10],
    [UNLIMITED_SEATS, null, UNLIMITED_SEATS],
  ])('for %i seats, where the vendor says %s for each, is %i', (seats, times, expected) => {
    expect(returnTimes(sold({ seats, returns: { times } }))).toBe(expected);
  });

  it.each([
    ['in a lease of 90 days', {}, 89, 90],
    ['in a lease and its grace', { gracePeriod: 'P5D' }, 94, 95],
    ['in a year where leases have no end', { offlineLeasePeriod: 'P100Y' }, 365, 366],
    ['in the days that the vendor says', { returns: { days: 7 } }, 6, 7],
    ['in the lease alone for a trial, which has no grace', { planType: 'trial', gracePeriod: 'P5D' }, 89, 90],
  ] as const)('counts %s', (_, terms, counts, over) => {
    const entitlement = sold({ ...terms, returns: { times: 1, ...('returns' in terms ? terms.returns : {}) }, seats: 1 });
    expect(returnsLeft(entitlement, [daysAgo(counts)], NOW).left).toBe(0);
    expect(returnsLeft(entitlement, [daysAgo(over)], NOW).left).toBe(1);
  });
});

describe('what may run', () => {
  it('is the seats with their overdraft, the reinstalls, and copies of what came back with a proof while they run', () => {
    const entitlement = sold({ seats: 10, overdraft: { kind: 'absolute', seats: 2 } });
    expect(mostCounted(entitlement)).toBe(13);
    expect(mostRunning(entitlement, [freed(1, 1), freed(1, 0)], NOW)).toBe(14);
  });

  it('adds up for leases that are longer than returns count', () => {
    expect(boundOf(sold({ seats: 1 }), NOW)).toMatchObject({
      returns: 4,
      returnSpanDays: 90,
      leaseDays: 90,
      returnsAddUp: false,
    });
    expect(boundOf(sold({ seats: 1, offlineLeasePeriod: 'P100Y' }), NOW)).toMatchObject({
      returnSpanDays: 366,
      returnsAddUp: true,
    });
  });

  it('bounds the machine-days', () => {
    const bound = { counted: 2, returns: 4, returnSpanDays: 90, leaseDays: 90, returnsAddUp: false };
    expect(mostMachineDays(bound, 10)).toBe(2 * 10 + 4 * 10);
    expect(mostMachineDays(bound, 100)).toBe(2 * 100 + 4 * 90 + 4 * 10);
  });

  it('counts nothing of an instant that has passed', () => {
    expect(
      mostRunning(sold({ seats: 1 }), [{ at: at('2020-01-01T00:00:00Z'), runsOutAt: at('2020-04-01T00:00:00Z') }], NOW),
    ).toBe(2);
  });
});
