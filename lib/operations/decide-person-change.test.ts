import { expect, it } from 'vitest';
import type { PersonChange } from './decide-person-change';
import { decidePersonChange } from './decide-person-change';
import { personStateOf } from './person-state';

const at = new Date('2030-01-01T00:00:00Z');
const member = { id: 'p', role: 'member', removedAt: null, firstSignInAt: null } as const;
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

it.each([
  [{ removedAt: at, firstSignInAt: at }, 'removed'],
  [{ firstSignInAt: at, invitedAt: at, mail: 'refused' }, 'active'],
  [{}, 'added'],
  [{ invitedAt: at }, 'invited'],
  [{ invitedAt: at, mail: 'accepted' }, 'invited'],
  [{ invitedAt: at, mail: 'refused' }, 'mail-refused'],
  [{ invitedAt: at, mail: 'failed' }, 'mail-failed'],
] as const)('somebody with %o is %s', (given, state) => {
  expect(personStateOf({ removedAt: null, firstSignInAt: null, invitedAt: null, mail: null, ...given })).toBe(state);
});
