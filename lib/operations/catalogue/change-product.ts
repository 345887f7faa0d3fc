import { z } from 'zod';
import { writeProductSettings } from '@/db/catalogue/write-product';
import { reject } from '@/lib/licensing/refusals/rejection';
import { instantOf, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code, componentNames, fingerprintRequired } from '../operator-input';

const UNCHANGED = { minimumSchema: null, isDisabled: null, isArchived: null };

/**
 * Changes the settings of a product. What is left out stays as it is. A file that is being answered at the moment its product's exchange
 * without signing in is switched off may still get its answer; the next one does not. What machines are known by counts for every file that
 * is decided on from then on.
 */
export const changeProduct = defineOperation({
  name: 'product.set',
  kind: 'command',
  permission: 'installation:manage',
  input: z
    .strictObject({
      code,
      guestExchange: z.boolean().optional(),
      fingerprintRequired: fingerprintRequired.optional(),
      fingerprintComponents: componentNames.optional(),
      fingerprintMust: componentNames.optional(),
    })
    .refine((input) => Object.values(input).filter((value) => value !== undefined).length > 1, 'expected something to change'),
  async run({ code: productCode, guestExchange, ...fingerprint }, context) {
    const at = await instantOf(context);
    const change = {
      code: productCode,
      guestExchange: guestExchange ?? null,
      fingerprintRequired: fingerprint.fingerprintRequired ?? null,
      fingerprintComponents: fingerprint.fingerprintComponents ?? null,
      fingerprintMust: fingerprint.fingerprintMust ?? null,
    };
    const audit = operatorAudit(context, { at, action: 'product.changed', detail: change });
    const outcome = await writeProductSettings(context.db, { ...UNCHANGED, ...change, at, audit });
    if (outcome === 'unknown') return refuse(unknownName('product', productCode));
    if (outcome === 'unfit') return refuse(reject('components-refused', { product: productCode }));
    return done({ code: productCode, changed: outcome === 'changed' });
  },
});
