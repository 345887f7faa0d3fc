import { expect, it } from 'vitest';
import { layOutTime } from './lay-out-time';

const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);

it('puts lease, grace, term and today on one scale', () => {
  const span = { startsAt: day(0), now: day(10), leaseEndsAt: day(50), graceEndsAt: day(60), termEndsAt: day(100) };
  expect(layOutTime(span)).toEqual({ lease: 50, grace: 60, term: 100, today: 10 });
});

it('keeps a short lease of a long term in sight', () => {
  const span = { startsAt: day(0), now: day(0), leaseEndsAt: day(10), graceEndsAt: null, termEndsAt: day(3650) };
  expect(layOutTime(span)).toMatchObject({ lease: 3, grace: 3, today: 0 });
});

it('leaves room behind the lease when the term has no end', () => {
  const span = { startsAt: day(0), now: day(5), leaseEndsAt: day(100), graceEndsAt: null, termEndsAt: null };
  const layout = layOutTime(span);
  expect(layout.term).toBeNull();
  expect(layout.lease).toBeCloseTo(86.96, 1);
});

it('leaves today out once it is past the bar', () => {
  const span = { startsAt: day(0), now: day(500), leaseEndsAt: day(100), graceEndsAt: null, termEndsAt: day(200) };
  expect(layOutTime(span).today).toBeNull();
});
