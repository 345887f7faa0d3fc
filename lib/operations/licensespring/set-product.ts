import { z } from 'zod';
import { writeProductSettings } from '@/db/catalogue/write-product';
import { instantOf, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code } from '../operator-input';

const UNCHANGED = { guestExchange: null, fingerprintRequired: null, fingerprintComponents: null, fingerprintMust: null };

/** Changes which requests of a product are accepted, and whether files are issued for it. Omitted members stay unchanged. */
export const setProduct = defineOperation({
  name: 'licensespring.set-product',
  kind: 'command',
  permission: 'installation:manage',
  input: z
    .strictObject({
      code,
      /** The lowest schema version of accepted requests. Version 1 does not sign what a request asks for. */
      minimumSchema: z.union([z.literal(1), z.literal(2)]).optional(),
      isDisabled: z.boolean().optional(),
      isArchived: z.boolean().optional(),
    })
    .refine((input) => Object.values(input).filter((value) => value !== undefined).length > 1, 'expected something to change'),
  async run({ code: productCode, minimumSchema, isDisabled, isArchived }, context) {
    const at = await instantOf(context);
    const change = { minimumSchema: minimumSchema ?? null, isDisabled: isDisabled ?? null, isArchived: isArchived ?? null };
    const audit = operatorAudit(context, { at, action: 'product.changed', detail: { code: productCode, ...change } });
    const outcome = await writeProductSettings(context.db, { ...UNCHANGED, code: productCode, ...change, at, audit });
    if (outcome === 'unknown') return refuse(unknownName('product', productCode));
    return done({ code: productCode, changed: outcome === 'changed', ...(minimumSchema && { minimumSchema }) });
  },
});
