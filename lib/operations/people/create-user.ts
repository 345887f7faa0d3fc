import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertUser, readCustomers } from '@/db/people/manage-people';
import { instantOf, nameTaken, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code, email, line } from '../operator-input';

/** Creates an account that is active at once. Support belongs to the vendor; every other person to one customer. */
export const createUser = defineOperation({
  name: 'user.create',
  kind: 'command',
  permission: 'installation:manage',
  input: z
    .strictObject({
      email,
      name: line(200),
      role: z.enum(['member', 'customer_admin', 'support']),
      customer: code.nullable().default(null),
    })
    .refine(({ role, customer }) => (role === 'support') === (customer === null), {
      path: ['customer'],
      message: 'expected a customer for members and customer admins, and none for support',
    }),
  async run({ customer: customerCode, ...person }, context) {
    const [customer] = customerCode === null ? [] : await readCustomers(context.db, customerCode);
    if (customerCode !== null && customer === undefined) return refuse(unknownName('customer', customerCode));

    const at = await instantOf(context);
    const customerId = customer?.id ?? null;
    const detail = { email: person.email, role: person.role };
    const id = await insertUser(context.db, {
      user: { ...person, id: randomUUID(), customerId, at },
      audit: operatorAudit(context, { at, action: 'user.created', customerId, detail }),
    });
    return id === null ? refuse(nameTaken('person', person.email)) : done({ id, email: person.email });
  },
});
