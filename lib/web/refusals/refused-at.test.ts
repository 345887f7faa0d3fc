import { expect, test } from 'vitest';
import { reject } from '@/lib/licensing/refusals/rejection';
import { refusedAt, untilFrom } from './refused-at';

test('an address says what was refused, what to quote, and until when it holds', () => {
  const rejection = reject('too-many-files', { retryAt: '2026-03-01T12:34:56.000Z' });
  expect(refusedAt('/exchange', { ok: false, rejection })).toBe(
    '/exchange?refused=too-many-files&until=2026-03-01T12%3A34%3A56.000Z',
  );
  expect(refusedAt('/a?b=c', { ok: false, rejection: reject('busy'), troubleCode: 'ABCDEF' })).toBe(
    '/a?b=c&refused=busy&trouble=ABCDEF',
  );
});

test.each([
  ['2026-03-01T12:34:56.000Z', { retryAt: '12:34 UTC' }],
  ['<b>tomorrow</b>', {}],
  [['2026-03-01T12:34:56.000Z'], {}],
  [undefined, {}],
])('%j holds until %j', (until, facts) => {
  expect(untilFrom(until)).toEqual(facts);
});
