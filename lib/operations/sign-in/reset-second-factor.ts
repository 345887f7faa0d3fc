import { z } from 'zod';
import { readUsers } from '@/db/people/manage-people';
import { readPerson } from '@/db/people/read-people';
import { writeReset } from '@/db/sign-in/second-factor';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isPerson, scopeOf } from '../actor';
import { instantOf, operatorAudit, unknownName } from '../audit/operator-audit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { email } from '../operator-input';
import { isActive } from '../people/list-people';
import { personAudit } from '../people/person-audit';
import type { SecondFactorMail } from './second-factor-mail';

/**
 * Resets the second factor of a person who lost their phone: an administrator for people of their customer, support for people of every
 * customer; nobody for themselves. The person is signed out everywhere, and signs in with the mailed code alone until they set up a new one.
 */
export const resetSecondFactor = defineOperation({
  name: 'second-factor.reset',
  kind: 'command',
  permission: 'person:manage',
  needsFreshProof: () => true,
  input: z.strictObject({ personId: z.uuid() }),
  async run({ personId }, context): Promise<Result<{ mail: SecondFactorMail }>> {
    const { db, actor, now } = context;
    if (!isPerson(actor)) return refuse(reject('not-allowed'));
    const person = await readPerson(db, { scope: scopeOf(actor), personId, now });
    if (person === null) return refuse(reject('not-found'));
    if (personId === actor.userId) return refuse(reject('own-second-factor'));
    if (person.removedAt !== null) return refuse(reject('person-removed'));
    const at = await instantOf(context);
    const { customerId, email: to, name } = person;
    const audit = personAudit(context, { at, action: 'second-factor.reset', customerId, detail: { personId, email: to } });
    const within = { scope: scopeOf(actor), actorId: actor.userId, actorRole: actor.role };
    const outcome = await writeReset(db, { userId: personId, at, within, audit });
    if (outcome === 'stale') return refuse(reject('second-factor-off'));
    return done({ mail: { to, name, at, what: { kind: 'reset', by: actor.label } } });
  },
});

/** Resets the second factor of any person, on the command line. */
export const resetUserSecondFactor = defineOperation({
  name: 'user.reset-second-factor',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({ email }),
  async run({ email: address }, context): Promise<Result<{ email: string }>> {
    const people = await readUsers(context.db, [address]);
    const person = people.find(isActive) ?? people[0];
    if (person === undefined) return refuse(unknownName('person', address));
    const at = await instantOf(context);
    const { id: personId, customerId } = person;
    const audit = operatorAudit(context, {
      ...{ at, action: 'second-factor.reset', customerId, detail: { personId, email: address } },
    });
    const outcome = await writeReset(context.db, { userId: personId, at, within: null, audit });
    return outcome === 'stale' ? refuse(reject('second-factor-off')) : done({ email: address });
  },
});
