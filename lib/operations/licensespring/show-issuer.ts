import { z } from 'zod';
import type { ClientRow } from '@/db/licensespring/licensespring-issuer';
import { readLicenseSpring } from '@/db/licensespring/licensespring-issuer';
import { reject } from '@/lib/licensing/refusals/rejection';
import { unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { openSecret } from './issuer-secrets';

/** The keys that an application is built with. Shared key and client secret are secrets of the vendor. */
export interface IssuerShown {
  readonly apiKey: string;
  readonly sharedKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly publicPem: string;
  readonly companyId: number;
}

/** Shows the keys that an application is built with: the oldest clients for all products, and the public key that verifies replies. */
export const showIssuer = defineOperation({
  name: 'licensespring.show-issuer',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  async run(_, { db, keyring }) {
    const { issuer, clients } = await readLicenseSpring(db);
    if (issuer === null) return refuse(reject('licensespring-issuer-missing'));
    const [apiKey, oauth] = [findForAll(clients, 'api-key'), findForAll(clients, 'oauth')];
    if (apiKey === undefined) return refuse(unknownName('client', 'api-key for all products'));
    if (oauth === undefined) return refuse(unknownName('client', 'oauth for all products'));
    return done<IssuerShown>({
      apiKey: apiKey.id,
      sharedKey: await openSecret(keyring.masterKey, apiKey),
      clientId: oauth.id,
      clientSecret: await openSecret(keyring.masterKey, oauth),
      publicPem: issuer.publicPem,
      companyId: issuer.companyId,
    });
  },
});

/** Finds the oldest client of a kind for all products. */
function findForAll(clients: readonly ClientRow[], kind: ClientRow['kind']): ClientRow | undefined {
  return clients.find((client) => client.kind === kind && client.productCodes === null && client.withdrawnAt === null);
}
