import { z } from 'zod';
import { readOfferings, readProducts } from '@/db/catalogue/manage-catalogue';
import { defineOperation, done } from '../operation';

export const listProducts = defineOperation({
  name: 'product.list',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  run: async (_, { db }) => done(await readProducts(db)),
});

/** Lists all offerings with their terms. */
export const listOfferings = defineOperation({
  name: 'offering.list',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  run: async (_, { db }) => done(await readOfferings(db)),
});
