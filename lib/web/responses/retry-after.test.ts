import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reject } from '@/lib/licensing/refusals/rejection';
import { retryAfter } from './retry-after';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['2026-03-01T12:00:02.100Z', '3'],
  ['2026-03-01T13:00:00Z', '3600'],
  ['2026-03-01T12:00:00Z', '1'],
  ['2026-03-01T11:00:00Z', '1'],
])('until %s', (retryAt, seconds) => {
  expect(retryAfter(reject('too-many-at-once', { retryAt }))).toEqual({ 'Retry-After': seconds });
});

test('nothing for what does not get better by waiting', () => {
  expect(retryAfter(reject('no-seat-free'))).toEqual({});
});
