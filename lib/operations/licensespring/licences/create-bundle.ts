import { z } from 'zod';
import { readSold } from '@/db/entitlements/read-entitlements';
import { insertCode } from '@/db/entitlements/write-codes';
import { reject } from '@/lib/licensing/refusals/rejection';
import { lastFour } from '@/lib/signing/activation-code';
import { instantOf, nameTaken, operatorAudit, unknownName } from '../../audit/operator-audit';
import { createProduct } from '../../catalogue/create-product';
import { makeCode } from '../../entitlements/make-code';
import { defineOperation, done, perform, refuse } from '../../operation';
import { code } from '../../operator-input';
import { findOrCreateProduct } from './find-parties';

/** Creates a bundle of licences of one customer: one key that activates all of them at once, or none. The result holds the key, this once. */
export const createBundle = defineOperation({
  name: 'licensespring.create-bundle',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({
    /** Short code of the bundle; created when it is new. */
    product: code,
    entitlementIds: z.tuple([z.uuid()], z.uuid()).refine((ids) => ids.length <= 20, 'expected 20 licences at most'),
  }),
  async run({ product: productCode, entitlementIds }, context) {
    const sold = await readSold(context.db, entitlementIds);
    const missing = entitlementIds.find((id) => !sold.some((row) => row.entitlementId === id));
    if (missing !== undefined) return refuse(unknownName('licence', missing));
    const problem = problemOf(sold);
    if (problem !== null) return refuse(reject('input-refused', { problem }));
    const product = await findOrCreateProduct(context, productCode, () =>
      perform(createProduct, { code: productCode, name: productCode, isBundle: true }, context),
    );
    if (!product.ok) return product;
    const { row, isNew } = product.value;
    if (!row.isBundle) return refuse(reject('not-a-bundle', { product: productCode }));

    const at = await instantOf(context);
    const customerId = sold[0]?.customerId ?? '';
    const made = await makeCode(context, { customerId, entitlementIds, own: null, at });
    const detail = { codeId: made.stored.id, lastFour: made.stored.lastFour, entitlementIds, bundle: productCode };
    const outcome = await insertCode(context.db, {
      code: { ...made.stored, bundleId: row.id },
      audit: operatorAudit(context, { at, action: 'code.created', customerId, detail }),
    });
    if (outcome === 'exists') return refuse(nameTaken('licence key that ends', lastFour(made.code)));
    return done({
      licenceKey: made.code,
      product: productCode,
      isNewProduct: isNew,
      products: sold.map((line) => line.productCode),
    });
  },
});

/** Checks the licences of a bundle: of one customer, and each product once, because a device has one device key for each product. */
function problemOf(sold: readonly { customerId: string; productCode: string }[]): string | null {
  if (new Set(sold.map(({ customerId }) => customerId)).size > 1) return 'entitlementIds: expected licences of one customer';
  return new Set(sold.map(({ productCode }) => productCode)).size < sold.length
    ? 'entitlementIds: expected licences of different products'
    : null;
}
