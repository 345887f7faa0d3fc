import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertCustomer } from '@/db/people/manage-people';
import { instantOf, nameTaken, operatorAudit } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code, line } from '../operator-input';

export const createCustomer = defineOperation({
  name: 'customer.create',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({ code, name: line(200) }),
  async run(customer, context) {
    const at = await instantOf(context);
    const id = randomUUID();
    const outcome = await insertCustomer(context.db, {
      customer: { ...customer, id, createdAt: at },
      audit: operatorAudit(context, { at, action: 'customer.created', customerId: id, detail: { code: customer.code } }),
    });
    return outcome === 'exists' ? refuse(nameTaken('customer', customer.code)) : done({ id, code: customer.code });
  },
});
