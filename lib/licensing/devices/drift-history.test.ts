import { expect, test } from 'vitest';
import { driftHistory } from './drift-history';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const component = (name: string, digest: string, seen: number, gone: number | null = null) => ({
  name,
  digest,
  seenAt: day(seen),
  goneAt: gone === null ? null : day(gone),
});

test('what a device was first seen with is no change', () => {
  expect(driftHistory([component('disk', 'd1', 1), component('board', 'b1', 1)])).toEqual([]);
  expect(driftHistory([])).toEqual([]);
});

test('tells what was replaced, added and taken out, newest first', () => {
  const history = driftHistory([
    component('disk', 'd1', 1, 5),
    component('disk', 'd2', 5),
    component('network', 'n1', 1, 9),
    component('board', 'b1', 1),
    component('tpm', 't1', 9),
  ]);
  expect(history).toEqual([
    {
      at: day(9),
      changes: [
        { name: 'network', from: 'n1', to: null },
        { name: 'tpm', from: null, to: 't1' },
      ],
    },
    { at: day(5), changes: [{ name: 'disk', from: 'd1', to: 'd2' }] },
  ]);
});
