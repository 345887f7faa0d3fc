import { z } from 'zod';
import { writeGuestExchange } from '@/db/change-product';
import { defineOperation, done, refuse } from './operation';
import { instantOf, operatorAudit, unknownName } from './operator-audit';
import { code } from './operator-input';

/**
 * Changes the settings of a product. A file that is being answered at the moment its product's exchange without signing in is switched off
 * may still get its answer; the next one does not.
 */
export const changeProduct = defineOperation({
  name: 'product.set',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({ code, guestExchange: z.boolean() }),
  async run(change, context) {
    const at = await instantOf(context);
    const audit = operatorAudit(context, { at, action: 'product.changed', detail: change });
    const outcome = await writeGuestExchange(context.db, { ...change, audit });
    if (outcome === 'unknown') return refuse(unknownName('product', change.code));
    return done({ ...change, changed: outcome === 'changed' });
  },
});
