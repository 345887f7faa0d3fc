import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertProduct } from '@/db/catalogue/manage-catalogue';
import { DEFAULT_COMPONENTS } from '@/lib/licensing/devices/fingerprint';
import { instantOf, nameTaken, operatorAudit } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code, componentNames, duration, fingerprintRequired, line } from '../operator-input';

export const createProduct = defineOperation({
  name: 'product.create',
  kind: 'command',
  permission: 'installation:manage',
  input: z
    .strictObject({
      code,
      name: line(200),
      /** How many components of a fingerprint must match. */
      fingerprintRequired: fingerprintRequired.default(2),
      /** Components that count towards a match; others are only stored and shown. */
      fingerprintComponents: componentNames.default([...DEFAULT_COMPONENTS]),
      /** Components that must match in every case. */
      fingerprintMust: componentNames.default([]),
      greatestRequestAge: duration.nullable().default(null),
      /** Guests may exchange files: a file that proves its own right needs no sign-in. */
      guestExchange: z.boolean().default(false),
      /** Names a bundle of several products: nothing is issued for it alone. */
      isBundle: z.boolean().default(false),
    })
    .refine(
      ({ fingerprintComponents, fingerprintMust }) => fingerprintMust.every((name) => fingerprintComponents.includes(name)),
      {
        message: 'expected components that count',
        path: ['fingerprintMust'],
      },
    )
    .refine(({ fingerprintComponents, fingerprintRequired }) => fingerprintRequired <= fingerprintComponents.length, {
      message: 'expected no more than the components that count',
      path: ['fingerprintRequired'],
    }),
  async run(product, context) {
    const at = await instantOf(context);
    const id = randomUUID();
    const outcome = await insertProduct(context.db, {
      product: { ...product, id, createdAt: at },
      audit: operatorAudit(context, { at, action: 'product.created', detail: { id, code: product.code } }),
    });
    return outcome === 'exists' ? refuse(nameTaken('product', product.code)) : done({ id, code: product.code });
  },
});
