import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '@/db/client';
import { writeInvitation } from '@/db/people/commit-person';
import type { CustomerRow } from '@/db/people/manage-people';
import { readCustomers } from '@/db/people/manage-people';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Actor } from '../actor';
import { customerIdOf, userIdOf } from '../actor';
import { instantOf, nameTaken, unknownName } from '../audit/operator-audit';
import { recordRefusal } from '../audit/record-refusal';
import type { ActingContext } from '../context';
import { LIMITS } from '../limits/limits';
import { countAgainst } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { code, email, line } from '../operator-input';
import { CUSTOMER_ROLES } from './decide-person-change';
import type { InvitationMail } from './invitation-mail';
import { personAudit } from './person-audit';

/** A written invitation, and its mail, which the caller sends. */
export interface Invited {
  readonly personId: string;
  readonly mail: InvitationMail;
}

/**
 * Invites a person to a customer: an administrator to their own, support to the one named in the input. A person who was removed, or whose
 * invitation expired, is invited anew with nothing assigned. The result is the same when the address has an account or an invitation at
 * another customer: only the mail, and for support the audit, mention it.
 */
export const invitePerson = defineOperation({
  name: 'person.invite',
  kind: 'command',
  permission: 'person:manage',
  needsFreshProof: ({ role }) => role === 'customer_admin',
  input: z.strictObject({ email, name: line(100), role: z.enum(CUSTOMER_ROLES), customer: code.nullable().default(null) }),
  async run({ customer: named, ...person }, context): Promise<Result<Invited>> {
    const { db, actor } = context;
    const refused = (rejection: Rejection, customerId: string | null) =>
      recordAndRefuse(context, { customerId, rejection, person });
    const customer = await findCustomer(db, actor, named);
    if (!customer.ok) return refused(customer.rejection, customerIdOf(actor));
    const retryAt = await countInvitation(context, { customerId: customer.value.id, address: person.email });
    if (retryAt !== null) return refused(reject('too-many-attempts', { retryAt: retryAt.toISOString() }), customer.value.id);

    const at = await instantOf(context);
    const { id: customerId, name: customerName } = customer.value;
    const audit = personAudit(context, { at, action: 'person.invited', customerId, detail: person });
    const invitedBy = userIdOf(actor);
    const invited = await writeInvitation(db, { ...person, id: randomUUID(), customerId, invitedBy, at, audit });
    if (invited === null) return refused(nameTaken('person', person.email), customerId);
    const { email: to, name } = person;
    const mail = { ...invited, customerId, customerName, to, name, invitedBy: actor.label, invitedAt: at };
    return done({ personId: invited.personId, mail });
  },
});

async function recordAndRefuse(
  context: ActingContext,
  refused: { customerId: string | null; rejection: Rejection; person: { email: string; name: string; role: string } },
) {
  const { customerId, rejection, person } = refused;
  const at = await instantOf(context);
  const detail = { ...person, facts: rejection.facts };
  await recordRefusal(
    context,
    personAudit(context, { at, action: 'person.invitation-refused', customerId, code: rejection.code, detail }),
  );
  return refuse(rejection);
}

/** Finds the customer of an invitation. To an administrator every other customer is unknown. */
async function findCustomer(db: Database, actor: Actor, named: string | null): Promise<Result<CustomerRow>> {
  const own = actor.role === 'customer_admin' ? actor.customerId : null;
  if (own === null && named === null) return refuse(reject('input-refused', { problem: 'customer: expected a customer' }));
  const customers = await readCustomers(db, named);
  const customer = customers.find(({ id }) => own === null || id === own);
  return customer === undefined ? refuse(unknownName('customer', named ?? '')) : done(customer);
}

/**
 * Counts an invitation against the limits of the actor and of the address. Addresses are counted for each customer alone, so that invitations
 * of other customers neither use up the limit nor show through it.
 *
 * @returns when the next invitation can be sent; null when this one can
 */
export async function countInvitation(
  { db, actor }: ActingContext,
  { customerId, address }: { readonly customerId: string; readonly address: string },
): Promise<Date | null> {
  return (
    (await countAgainst(db, LIMITS.invitationsByActor, actor.label)) ??
    (await countAgainst(db, LIMITS.invitationsByAddress, `${customerId} ${address}`))
  );
}
