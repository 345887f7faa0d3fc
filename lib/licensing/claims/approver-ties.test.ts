import { expect, it } from 'vitest';
import type { KnownAccount } from './approver-ties';
import { findTies } from './approver-ties';

const NOW = new Date('2030-01-31T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const ADA: KnownAccount = { userId: 'ada', joinedAt: daysAgo(400), inviterIds: [] };
const MIRA: KnownAccount = { userId: 'mira', joinedAt: daysAgo(300), inviterIds: ['ada'] };

it.each<[string, { approver?: Partial<KnownAccount>; claimant?: Partial<KnownAccount> }, readonly string[]]>([
  ['two accounts that are known, of which the approver’s invited the other long ago', {}, []],
  ['an account that can approve for the first day', { approver: { joinedAt: daysAgo(0) } }, ['approver-young']],
  ['one that is a little younger than seven days', { approver: { joinedAt: daysAgo(6.999) } }, ['approver-young']],
  ['one that is seven days old', { approver: { joinedAt: daysAgo(7) } }, []],
  ['an approver whom the claimant invited, however long ago', { approver: { inviterIds: ['mira'] } }, ['invited-by-claimant']],
  [
    'an approver whom somebody invited whom the claimant invited',
    { approver: { inviterIds: ['ines', 'mira'] } },
    ['invited-by-claimant'],
  ],
  ['an approver whom a third one invited', { approver: { inviterIds: ['ines'] } }, []],
  [
    'a claimant who has just come by the invitation of the approver',
    { claimant: { joinedAt: daysAgo(1) } },
    ['claimant-invited-and-young'],
  ],
  ['a claimant who has just come by another’s', { claimant: { joinedAt: daysAgo(1), inviterIds: ['ines'] } }, []],
  [
    'a second address that asks and approves at once',
    { approver: { joinedAt: daysAgo(1), inviterIds: ['mira'] } },
    ['approver-young', 'invited-by-claimant'],
  ],
])('%s: %j', (_, { approver, claimant }, ties) => {
  expect(findTies({ approver: { ...ADA, ...approver }, claimant: { ...MIRA, ...claimant }, now: NOW })).toEqual(ties);
});
