import { z } from 'zod';
import { writeProductSettings } from '@/db/catalogue/write-product';
import { reject } from '@/lib/licensing/refusals/rejection';
import { instantOf, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code, componentNames, fingerprintRequired } from '../operator-input';

const UNCHANGED = { minimumSchema: null, isDisabled: null, isArchived: null };

/**
 * Changes the settings of a product; omitted ones stay unchanged. When exchange without signing in is switched off, a file that is being
 * answered at that moment may still get its answer; the next one is refused. Fingerprint settings apply to every file decided on afterwards.
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
