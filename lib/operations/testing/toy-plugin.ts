import type { ToyKeys } from '@/lib/dialects/testing/toy-dialect';
import { TOY, toyDialect } from '@/lib/dialects/testing/toy-dialect';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { DialectRegistry } from '../dialects/plugin';
import { definePlugin } from '../dialects/plugin';
import { DIALECTS } from '../dialects/registry';
import { dialectKeys } from '../keys/dialect-keys';

/** The secret that toy devices share with the portal. */
export const toyKeys = dialectKeys(({ vendorId }): ToyKeys => ({ secret: vendorId }));

const toyPlugin = definePlugin({
  dialect: toyDialect,
  openingKeys: toyKeys,
  sealingKeys: toyKeys,
  hooks: {
    validate: async (_, { request, entitlement }) =>
      request?.kind === 'activation' && request.device.name === 'Broken'
        ? reject('product-disabled', { product: entitlement.productCode })
        : null,
    storedState: async (_, { request, storedState }) =>
      request?.kind === 'activation' ? { first: request.requestId } : storedState,
    replyDetails: async (_, { entitlement }, { device }) => ({ for: device.name, seats: entitlement.seats }),
  },
});

/** The dialects of the product, and the toy. */
export const WITH_TOY: DialectRegistry = { [TOY]: toyPlugin, ...DIALECTS };
