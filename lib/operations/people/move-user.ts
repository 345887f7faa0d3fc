import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deletePerson, movePerson, readCustomers } from '@/db/people/manage-people';
import { instantOf, nameTaken, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code, email } from '../operator-input';
import { CUSTOMER_ROLES } from './decide-person-change';

/**
 * Moves a person to another customer, where they get a new account that is active at once. Their history stays with the old customer. The
 * operator may move the last administrator; the result then says that the customer has none.
 */
export const moveUser = defineOperation({
  name: 'user.move',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({ email, customer: code, role: z.enum(CUSTOMER_ROLES).nullable().default(null) }),
  async run({ email: address, customer: named, role }, context) {
    const [customer] = await readCustomers(context.db, named);
    if (customer === undefined) return refuse(unknownName('customer', named));
    const at = await instantOf(context);
    const audit = operatorAudit(context, { at, action: 'user.moved-here' });
    const place = { id: randomUUID(), email: address, customerId: customer.id, role };
    const moved = await movePerson(context.db, { ...place, at, audit });
    if (moved === 'taken') return refuse(nameTaken('person', address));
    if (moved === null) return refuse(unknownName('person of another customer', address));
    return done({ ...moved, email: address, to: customer.code });
  },
});

/**
 * Deletes all accounts and invitations of an address, at every customer. History and audit keep the address: they are
 * append-only.
 */
export const deleteUser = defineOperation({
  name: 'user.delete',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({ email }),
  async run({ email: address }, context) {
    const at = await instantOf(context);
    const audit = operatorAudit(context, { at, action: 'user.deleted' });
    const deleted = await deletePerson(context.db, { email: address, at, audit });
    return deleted === null ? refuse(unknownName('person', address)) : done({ email: address, deleted });
  },
});
