import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deletePerson, movePerson, readCustomers } from '@/db/people/manage-people';
import { instantOf, nameTaken, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code, email } from '../operator-input';
import { CUSTOMER_ROLES } from './decide-person-change';

/**
 * Moves somebody to another customer, with a new account there that is active at once. What they did stays where they did it. The operator is
 * not bound to leave an administrator behind, and is told.
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
 * Deletes whoever has an address: accounts and invitations at every customer. History and audit stay as they were written, with the address
 * in them: they are sealed.
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
