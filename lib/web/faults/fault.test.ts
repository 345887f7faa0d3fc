import { expect, test, vi } from 'vitest';
import { eventIdOf } from './event-id';
import { logFault, makeEventId } from './fault';

test('the event id of a page error is its number in eight hex digits, with or without what Next.js appends', () => {
  expect(eventIdOf({ digest: '4294967295' })).toBe('ffffffff');
  expect(eventIdOf({ digest: '255@E394' })).toBe('000000ff');
  expect([eventIdOf(new Error('x')), eventIdOf(null), eventIdOf({ digest: 'NEXT_NOT_FOUND' })]).toEqual([null, null, null]);
  expect(makeEventId()).toMatch(/^[0-9a-f]{8}$/);
});

test('a fault is one JSON line without the values of a failed query', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const error = new Error('Failed query: select $1\nparams: ada@example.com,123456', { cause: new Error('gone') });
  logFault(error, { event: '7f3a0000', method: 'POST', path: '/x' });
  const lines = write.mock.calls.map(([line]) => String(line));
  write.mockRestore();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  expect(lines[0]).not.toMatch(/ada@|123456/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    event: '7f3a0000',
    path: '/x',
    message: 'Failed query: select $1',
    cause: { message: 'gone' },
  });
});

test.each(['/calendar/secret.ics', '//calendar/secret', '/calendar/secret/more\nsecret', '/not-me/secret', '//not-me/secret/x'])(
  'the secret in the path %j is not logged',
  (path) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    logFault(new Error('gone'), { event: '7f3a0000', method: 'GET', path });
    const lines = write.mock.calls.map(([line]) => String(line));
    write.mockRestore();
    expect(lines.join()).not.toContain('secret');
    expect(lines.join()).toMatch(/\/(calendar|not-me)\/…/);
  },
);
