import { describe, expect, it } from 'vitest';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';
import type { AllowanceLeft } from './allowance';
import type { Description } from './describe-seats';
import {
  describeAllowance,
  describeHeldReturn,
  describeLookalike,
  formatDescription,
  reinstallCountsUntil,
} from './describe-seats';
import type { SeatOfLookalike } from './lookalike';
import { UNLIMITED_SEATS } from './overdraft';

const now = new Date('2026-12-01T00:00:00Z');
const runsOutAt = new Date('2027-01-15T00:00:00Z');
const nextAt = new Date('2027-02-01T00:00:00Z');
const since = new Date('2026-09-02T00:00:00Z');
const one: AllowanceLeft = { times: 1, left: 1, since, nextAt: null };
const used: AllowanceLeft = { times: 1, left: 0, since, nextAt };

const text = (description: Description) => formatDescription(description, (at) => at.toISOString().slice(0, 10));

function described(
  seat: SeatOfLookalike,
  { why = null, reinstalls = one }: { why?: Rejection | null; reinstalls?: AllowanceLeft } = {},
) {
  const lookalike = { activationId: 'a', seat, why };
  return {
    named: text(describeLookalike({ lookalike, name: 'Press 4', runsOutAt, reinstalls, now })),
    unnamed: text(describeLookalike({ lookalike, name: null, runsOutAt, reinstalls, now })),
  };
}

describe('the seat of a machine that another one looks like', () => {
  it.each([
    ['moves', {}, 'Its seat moves here. The old installation gets no more files; what it has lets it run until 2027-01-15.'],
    ['moves', {}, 'This counts as the one reinstall that is allowed until 2027-03-01.'],
    ['moves', { reinstalls: { ...one, times: 3 } }, 'This counts as 1 of 3 reinstalls until 2027-03-01.'],
    ['moves', { reinstalls: { ...one, times: UNLIMITED_SEATS } }, 'This counts as a reinstall until'],
    ['lapsed', {}, 'The lease of the old installation ran out, and this one takes its place.'],
    ['stays', {}, 'This machine has a seat already, and keeps it.'],
    ['held', { reinstalls: used }, 'the reinstalls that are allowed (1 in 90 days) are used up, one more from 2027-02-01.'],
    ['held', { reinstalls: used }, 'The old installation gets no more files, and its seat comes free on 2027-01-15.'],
    [
      'kept',
      { why: reject('reinstall-needs-release') },
      'keeps its seat, until 2027-01-15 as things stand: it moves only when somebody who',
    ],
    [
      'kept',
      { why: reject('reinstall-needs-approval') },
      'it moves only when somebody else agrees to its release. So this takes',
    ],
    [
      'kept',
      { why: reject('reinstall-over-limit', { releases: 3, days: 30, nextAt: nextAt.toISOString() }) },
      'it would move by a release, of which 3 in 30 days are allowed; one more from 2027-02-01. So this takes a seat of its own.',
    ],
  ] as const)('%s: says so, and why', (seat, options, words) => {
    expect(described(seat, options).named).toContain(words);
  });

  it.each(['moves', 'lapsed', 'stays', 'held', 'kept'] as const)(
    '%s: names the older one to nobody who may not see it',
    (seat) => {
      const { named, unnamed } = described(seat);
      expect(unnamed).not.toContain('Press 4');
      expect(named.includes('“Press 4”')).toBe(seat !== 'stays');
    },
  );
});

it('a reinstall counts for its span, and in any case while the old installation may run', () => {
  expect(reinstallCountsUntil(one, runsOutAt, now)).toEqual(new Date('2027-03-01T00:00:00Z'));
  const later = new Date('2028-01-01T00:00:00Z');
  expect(reinstallCountsUntil(one, later, now)).toEqual(later);
});

it.each([
  [one, '0 of 1 used in 90 days'],
  [used, '1 of 1 used in 90 days; one more from 2027-02-01'],
  [{ ...one, since: new Date('2026-11-30T00:00:00Z') }, '0 of 1 used in a day'],
  [{ ...one, since: new Date('2016-12-01T00:00:00Z') }, '0 of 1 used in 10 years'],
  [{ ...one, times: 0, left: 0 }, 'none'],
  [{ ...one, times: UNLIMITED_SEATS, left: UNLIMITED_SEATS }, 'without a limit'],
])('an allowance %# says how much of it is used', (allowance, words) => {
  expect(text(describeAllowance(allowance, now))).toBe(words);
});

describe('a proof whose seat stays in use', () => {
  it.each([
    [
      used,
      'The seat stays in use until 2027-01-15, and then comes free by itself: one proof frees a seat at once in 90 days, and that is used up until 2027-02-01.',
    ],
    [{ ...used, times: 4 }, ': 4 proofs free a seat at once in 90 days, and that is used up until 2027-02-01.'],
    [{ ...used, times: 0, nextAt: null }, ': on this entitlement, no proof frees a seat at once.'],
    [one, 'and then comes free by itself.'],
  ])('says until when, and why: %#', (returns, words) => {
    expect(text(describeHeldReturn({ heldUntil: runsOutAt }, returns, now))).toContain(words);
  });

  it('is told of nowhere else', () => {
    expect(describeHeldReturn({ heldUntil: null }, used, now)).toEqual([]);
  });
});
