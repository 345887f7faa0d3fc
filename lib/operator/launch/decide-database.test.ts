import { expect, test } from 'vitest';
import { decideDatabase } from './decide-database';

test.each([
  // Said: what is there does not matter.
  ['off', false, 'whole', 'portal', 'own'],
  ['off', false, 'whole', 'command', 'own'],
  ['on', true, 'missing', 'portal', 'demo'],
  ['on', true, 'unfinished', 'portal', 'demo'],
  ['on', true, 'whole', 'command', 'demo'],
  ['on', true, 'missing', 'command', 'no-demo'],
  ['on', false, 'unfinished', 'command', 'no-demo'],
  // Not set: an installation with data of its own stays on it.
  ['until-own', false, 'missing', 'portal', 'demo'],
  ['until-own', false, 'unfinished', 'portal', 'demo'],
  ['until-own', false, 'whole', 'portal', 'demo'],
  ['until-own', true, 'whole', 'portal', 'own'],
  ['until-own', false, 'whole', 'command', 'demo'],
  ['until-own', true, 'whole', 'command', 'own'],
  ['until-own', true, 'unfinished', 'command', 'own'],
  // Its first start was cut off, so that the next one makes the demo.
  ['until-own', false, 'unfinished', 'command', 'no-demo'],
  ['until-own', false, 'missing', 'command', 'own'],
] as const)('wanted %s, own used %s, demo %s, by a %s: %s', (wanted, isOwnUsed, demo, by, decided) => {
  expect(decideDatabase({ wanted }, { isOwnUsed, demo }, by)).toBe(decided);
});
