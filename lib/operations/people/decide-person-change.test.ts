import { expect, it } from 'vitest';
import type { PersonChange } from './decide-person-change';
import { decidePersonChange } from './decide-person-change';
import { personStateOf } from './person-state';

const at = new Date('2030-01-01T00:00:00Z');
const member = { id: 'p', role: 'member', removedAt: null, firstSignInAt: null, joinedAt: at } as const;
const admin = { ...member, role: 'customer_admin' } as const;
const demote: PersonChange = { kind: 'role', role: 'member' };
const promote: PersonChange = { kind: 'role', role: 'customer_admin' };
const remove: PersonChange = { kind: 'remove' };
const resend: PersonChange = { kind: 'resend' };

it.each([
  ['a member becomes an administrator', { person: member, change: promote }, null],
  ['one of two administrators becomes a member', { person: admin, change: demote }, null],
  ['the only administrator stays one', { person: admin, otherAdmins: 0, change: demote }, 'last-admin'],
  ['the only administrator is not removed', { person: admin, otherAdmins: 0, change: remove }, 'last-admin'],
  ['not even by themselves', { person: admin, actorId: 'p', otherAdmins: 0, change: remove }, 'last-admin'],
  ['one of two administrators may leave', { person: admin, actorId: 'p', change: remove }, null],
  [
    'an administrator who has not come yet is none that has to stay',
    { person: { ...admin, joinedAt: null }, otherAdmins: 0, change: remove },
    null,
  ],
  ['a member is removed where there is one administrator', { person: member, otherAdmins: 0, change: remove }, null],
  ['nobody changes their own role', { person: admin, actorId: 'p', change: demote }, 'own-role'],
  [
    'somebody who is no administrator any more changes nobody',
    { person: member, actorStands: false, change: promote },
    'not-allowed',
  ],
  ['somebody removed is not changed', { person: { ...member, removedAt: at }, change: promote }, 'person-removed'],
  ['somebody removed is not removed again', { person: { ...admin, removedAt: at }, change: remove }, 'person-removed'],
  ['somebody who has not signed in is invited again', { person: member, change: resend }, null],
  [
    'somebody who has signed in is not invited again',
    { person: { ...member, firstSignInAt: at }, change: resend },
    'already-signed-in',
  ],
] as const)('%s', (_, given, code) => {
  expect(decidePersonChange({ actorId: 'a', actorStands: true, otherAdmins: 1, ...given })?.code ?? null).toBe(code);
});

const days = (count: number) => new Date(at.getTime() + count * 86_400_000);

it.each([
  [{ removedAt: at, firstSignInAt: at }, 'removed'],
  [{ firstSignInAt: at, invitedAt: at, mail: 'refused' }, 'active'],
  [{}, 'added'],
  [{ invitedAt: at }, 'invited'],
  [{ invitedAt: at, mail: 'accepted' }, 'invited'],
  [{ invitedAt: at, mail: 'refused' }, 'mail-refused'],
  [{ invitedAt: at, mail: 'failed' }, 'mail-failed'],
  [{ joinedAt: null, invitedAt: at, now: days(13.99) }, 'invited'],
  [{ joinedAt: null, invitedAt: at, now: days(14) }, 'ran-out'],
  [{ joinedAt: null, invitedAt: at, removedAt: days(14), now: days(20) }, 'ran-out'],
  [{ joinedAt: null, invitedAt: at, removedAt: days(3), now: days(20) }, 'removed'],
  [{ joinedAt: at, invitedAt: at, now: days(20) }, 'invited'],
] as const)('somebody with %o is %s', (given, state) => {
  const standing = { now: at, joinedAt: at, removedAt: null, firstSignInAt: null, invitedAt: null, mail: null };
  expect(personStateOf({ ...standing, ...given })).toBe(state);
});
