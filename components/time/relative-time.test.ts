import { expect, it } from 'vitest';
import { relativeTime } from './relative-time';

const now = new Date('2026-11-21T12:00:00Z');

it.each([
  ['2026-11-21T12:00:20Z', 'now'],
  ['2026-11-21T12:05:00Z', 'in 5 minutes'],
  ['2026-11-21T11:00:00Z', '1 hour ago'],
  ['2026-11-22T23:00:00Z', 'in 35 hours'],
  ['2026-12-03T13:00:00Z', 'in 12 days'],
  ['2026-11-18T12:00:00Z', '3 days ago'],
  ['2027-02-19T12:00:00Z', 'in 90 days'],
  ['2027-05-21T12:00:00Z', 'in 5 months'],
  ['2029-11-22T12:00:00Z', 'in 3 years'],
])('says how far %s is', (at, said) => {
  expect(relativeTime(new Date(at), now)).toBe(said);
});
