import { z } from 'zod';
import type { CommitOutcome } from '@/db/exchange/commit';
import { commitPerson, writeResend } from '@/db/people/commit-person';
import type { PersonRow } from '@/db/people/read-people';
import { readPerson, readStanding } from '@/db/people/read-people';
import type { Json } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isPerson, scopeOf, userIdOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import { recordRefusal } from '../audit/record-refusal';
import type { ActingContext } from '../context';
import { retryCommit } from '../exchange/retry-commit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import type { PersonChange } from './decide-person-change';
import { CUSTOMER_ROLES, decidePersonChange } from './decide-person-change';
import type { Invited } from './invite-person';
import { countInvitation } from './invite-person';
import { personAudit } from './person-audit';

const which = z.strictObject({ personId: z.uuid() });

/** A person, and whether they were changed. */
export interface PersonChanged {
  readonly personId: string;
  readonly name: string;
  readonly changed: boolean;
}

/** Changes the role of a person: not the actor's own, and not that of a customer's last administrator. */
export const changeRole = defineOperation({
  name: 'person.change-role',
  kind: 'command',
  permission: 'person:manage',
  needsFreshProof: () => true,
  input: which.extend({ role: z.enum(CUSTOMER_ROLES) }),
  async run({ personId, role }, context): Promise<Result<PersonChanged>> {
    return apply(context, personId, { kind: 'role', role });
  },
});

/**
 * Removes a person, who is signed out at once and loses all assignments; their devices keep their seats. The last administrator of a customer
 * cannot be removed.
 */
export const removePerson = defineOperation({
  name: 'person.remove',
  kind: 'command',
  permission: 'person:manage',
  needsFreshProof: () => true,
  input: which,
  async run({ personId }, context): Promise<Result<PersonChanged>> {
    return apply(context, personId, { kind: 'remove' });
  },
});

/** Sends the invitation of a person who has not signed in yet once more. */
export const resendInvitation = defineOperation({
  name: 'person.resend',
  kind: 'command',
  permission: 'person:manage',
  input: which,
  async run({ personId }, context): Promise<Result<Invited>> {
    const outcome = await retryCommit(async () => {
      const person = await checkChange(context, personId, { kind: 'resend' });
      return 'code' in person ? person : resend(context, person);
    });
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  },
});

async function resend(context: ActingContext, person: PersonRow): Promise<Invited | Rejection | 'stale'> {
  const { id: personId, email: to, name, customerId, customerName } = person;
  const retryAt = await countInvitation(context, { customerId, address: to });
  if (retryAt !== null) {
    const rejection = reject('too-many-attempts', { retryAt: retryAt.toISOString() });
    await recordRefusedChange(context, { person, change: { kind: 'resend' }, rejection });
    return rejection;
  }
  const at = await instantOf(context);
  const detail = { personId, email: to };
  const audit = personAudit(context, { at, action: 'person.invited-again', customerId, detail });
  const invited = await writeResend(context.db, { personId, invitedBy: userIdOf(context.actor), at, audit });
  if (invited === null) return 'stale';
  const mail = { ...invited, customerId, customerName, to, name, invitedBy: context.actor.label, invitedAt: at };
  return { personId, mail };
}

async function apply(context: ActingContext, personId: string, change: PersonChange): Promise<Result<PersonChanged>> {
  const outcome = await retryCommit(async () => {
    const person = await checkChange(context, personId, change);
    if ('code' in person) return person;
    const unchanged = { personId, name: person.name, changed: false };
    if (change.kind === 'role' && person.role === change.role) return unchanged;
    return (await commit(context, person, change)) === 'done' ? { ...unchanged, changed: true } : 'stale';
  });
  return 'code' in outcome ? refuse(outcome) : done(outcome);
}

/** Reads the person within the actor's scope and checks the change. A refusal is recorded. @returns the person, or the rejection */
async function checkChange(context: ActingContext, personId: string, change: PersonChange): Promise<PersonRow | Rejection> {
  const { db, actor, now } = context;
  if (!isPerson(actor)) return reject('not-allowed');
  const person = await readPerson(db, { scope: scopeOf(actor), personId, now });
  if (person === null) return reject('not-found');
  const { userId: actorId, role: actorRole } = actor;
  const standing = await readStanding(db, { personId, customerId: person.customerId, actorId, actorRole });
  const rejection = decidePersonChange({ person, actorId, ...standing, change });
  if (rejection === null) return person;
  await recordRefusedChange(context, { person, change, rejection });
  return rejection;
}

async function recordRefusedChange(
  context: ActingContext,
  { person, change, rejection }: { person: PersonRow; change: PersonChange; rejection: Rejection },
): Promise<void> {
  const { id: personId, email, role: from, customerId } = person;
  const at = await instantOf(context);
  const action = change.kind === 'resend' ? 'person.invitation-refused' : 'person.change-refused';
  const to = change.kind === 'role' ? { to: change.role } : {};
  const detail: Json = { personId, email, from, ...to, facts: rejection.facts };
  await recordRefusal(context, personAudit(context, { at, action, customerId, code: rejection.code, detail }));
}

async function commit(context: ActingContext, person: PersonRow, change: PersonChange): Promise<CommitOutcome> {
  const { db, actor } = context;
  if (!isPerson(actor)) return 'stale';
  const at = await instantOf(context);
  const { id: userId, email, role, customerId } = person;
  const newRole = change.kind === 'role' ? change.role : null;
  const detail: Json = { personId: userId, email, from: role, ...(newRole === null ? {} : { to: newRole }) };
  const action = newRole === null ? 'person.removed' : 'person.role-changed';
  const audit = personAudit(context, { at, action, customerId, detail });
  return commitPerson(db, { at, customerId, userId, actorId: actor.userId, role, newRole, audit });
}
