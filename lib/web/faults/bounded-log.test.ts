import { expect, test } from 'vitest';
import { kindOf, openBoundedLog } from './bounded-log';

/** A log whose minute ends when the test says so. */
function makeLog() {
  const lines: string[] = [];
  const due: (() => void)[] = [];
  const log = openBoundedLog({ write: (line) => void lines.push(line), later: (act) => void due.push(act) });
  return { log, lines, due, endMinute: () => due.splice(0).map((act) => act()) };
}

test('lines of a kind are written ten times in a minute, and the rest is counted', () => {
  const { log, lines, endMinute } = makeLog();
  for (let round = 0; round < 250; round += 1) log.line(`one ${round}`, { kind: 'one', event: `e${round}` });
  log.line('other', { kind: 'other' });
  expect(lines).toEqual([...Array.from({ length: 10 }, (_, round) => `one ${round}`), 'other']);
  endMinute();
  expect(lines).toHaveLength(12);
  expect(JSON.parse(lines[11] ?? '')).toMatchObject({
    ...{ level: 'repeated', kind: 'one', message: '… 240 more of the same in the last minute' },
    events: Array.from({ length: 20 }, (_, index) => `e${index + 10}`),
  });
});

test('the next minute begins anew, and one without lines says nothing', () => {
  const { log, lines, due, endMinute } = makeLog();
  log.line('a', { kind: 'a' });
  endMinute();
  expect([lines, due]).toEqual([['a'], []]);
  for (let round = 0; round < 11; round += 1) log.line('a', { kind: 'a' });
  endMinute();
  expect(lines).toHaveLength(1 + 10 + 1);
  expect(JSON.parse(lines[11] ?? '')).not.toHaveProperty('events');
});

test('kinds that somebody makes up are one kind in the end', () => {
  const { log, lines } = makeLog();
  for (let round = 0; round < 100_000; round += 1) log.line('x', { kind: `kind ${round}` });
  expect(lines).toHaveLength(100 + 10);
});

test.each([
  ['Failed to find Server Action "40aa". It might be older.', 'Failed to find Server Action "60bb". It might be older.'],
  ['`origin` header with value `evil.example` from 1', '`origin` header with value `evil2.example` from 22'],
  ['gone after 20 ms\n  at a', 'gone after 7 ms\n  at b'],
  ['event 7f3a0000 of x', 'event 00ff00ff of x'],
])('%j and %j are of one kind', (one, other) => {
  expect(kindOf(one)).toBe(kindOf(other));
});

test('what says something else is of another kind, and a long text is cut', () => {
  expect(kindOf('connection lost')).not.toBe(kindOf('connection refused'));
  expect(kindOf(`${'x'.repeat(100_000)}"`).length).toBe(120);
});
