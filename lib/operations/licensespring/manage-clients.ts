import { z } from 'zod';
import { readProducts } from '@/db/catalogue/manage-catalogue';
import { insertClient, readLicenseSpring, writeClientWithdrawal } from '@/db/licensespring/licensespring-issuer';
import { reject } from '@/lib/licensing/refusals/rejection';
import { instantOf, nameTaken, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code, line } from '../operator-input';
import { makeClient } from './issuer-secrets';

/** Creates an api key with a shared key, or an OAuth client, for all products or for some. */
export const createClient = defineOperation({
  name: 'licensespring.create-client',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({
    kind: z.enum(['api-key', 'oauth']).default('api-key'),
    /** Empty: all. */
    products: z.array(code).max(100).default([]),
    label: line(100).nullable().default(null),
  }),
  async run({ kind, products, label }, context) {
    const { db, keyring } = context;
    if ((await readLicenseSpring(db)).issuer === null) return refuse(reject('licensespring-issuer-missing'));
    const known = new Set((await readProducts(db)).map((product) => product.code));
    const missing = products.find((product) => !known.has(product));
    if (missing !== undefined) return refuse(unknownName('product', missing));

    const createdAt = await instantOf(context);
    const productCodes = products.length === 0 ? null : [...new Set(products)];
    const client = { kind, productCodes, label: label ?? '', createdAt };
    const { stored, secret } = await makeClient(keyring.masterKey, client);
    const { id } = stored;
    const audit = operatorAudit(context, {
      at: createdAt,
      action: 'licensespring.client-created',
      detail: { id, kind, products: productCodes },
    });
    if ((await insertClient(db, { client: stored, audit })) === 'exists') return refuse(nameTaken('client', id));
    return done({ id, kind, secret, products: productCodes });
  },
});

/** Withdraws an api key or OAuth client. Existing answers stay valid; new files signed with it are refused. */
export const withdrawClient = defineOperation({
  name: 'licensespring.withdraw-client',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({ id: z.string().min(1).max(200) }),
  async run({ id }, context) {
    const at = await instantOf(context);
    const audit = operatorAudit(context, { at, action: 'licensespring.client-withdrawn', detail: { id } });
    const outcome = await writeClientWithdrawal(context.db, { clientId: id, at, audit });
    if (outcome === 'unknown') return refuse(unknownName('client', id));
    return done({ id, changed: outcome === 'changed' });
  },
});

/** Lists all api keys and OAuth clients, without their secrets. */
export const listClients = defineOperation({
  name: 'licensespring.list-clients',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  async run(_, { db }) {
    const { clients } = await readLicenseSpring(db);
    return done(clients.map(({ secretSealed: _, ...client }) => client));
  },
});
