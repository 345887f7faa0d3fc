import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import type { ClientRow, LicenseSpringRows } from '@/db/licensespring/licensespring-issuer';
import { readLicenseSpring, readMinimumSchema } from '@/db/licensespring/licensespring-issuer';
import type { LicenseSpringClients, LicenseSpringIssuer, LicenseSpringKeys } from '@/lib/dialects/licensespring/issuer';
import type { SealingKeys } from '@/lib/dialects/licensespring/write-reply';
import { dialectKeys } from '../keys/dialect-keys';
import { openOnce } from '../keys/open-once';
import { issuerPlace, openSecret } from './issuer-secrets';

const openSecretOnce = openOnce<string>();
const openKeyOnce = openOnce<KeyObject>();

/** The issuer and its clients at one moment, read at the first use. */
interface Issuer {
  readonly opening: LicenseSpringKeys;
  readonly sealing: Pick<SealingKeys, 'licenseSpring' | 'vault'>;
}

/** The keys of the LicenseSpring dialect: clients verify requests, the issuer signs replies. */
export const licenseSpringKeys = dialectKeys(({ vendorId, vault, source: { db, masterKey } }): Issuer => {
  let read: Promise<LicenseSpringRows> | null = null;
  const rows = () => {
    read ??= readLicenseSpring(db);
    // A failed read is not cached.
    read.catch(() => {
      read = null;
    });
    return read;
  };
  const find = async (kind: ClientRow['kind'], id: string) =>
    (await rows()).clients.find((client) => client.id === id && client.kind === kind);
  const secretOf = (client: ClientRow) =>
    openSecretOnce({ masterKey, name: client.id, open: () => openSecret(masterKey, client) });
  const clients: LicenseSpringClients = {
    async client(kind, id) {
      const found = await find(kind, id);
      if (found === undefined || found.withdrawnAt !== null) return undefined;
      return { id, kind, secret: await secretOf(found), products: found.productCodes };
    },
    async minimumSchema(productCode) {
      const { minimumSchemas } = await rows();
      if (Object.hasOwn(minimumSchemas, productCode)) return minimumSchemas[productCode] ?? 2;
      // A product created since the read. An unknown one is refused later, in every version.
      return (await readMinimumSchema(db, productCode)) ?? 1;
    },
  };
  /** @throws Error without an issuer: then no client exists either, so no request gets this far */
  async function issuer(): Promise<LicenseSpringIssuer> {
    const found = (await rows()).issuer;
    if (found === null) throw new Error('expected the LicenseSpring issuer, found none');
    const { companyId, publicPem, kid, privateSealed } = found;
    const open = async () => createPrivateKey(Buffer.from(await masterKey.unwrap(privateSealed, issuerPlace(kid))).toString());
    return {
      companyId,
      publicPem,
      privateKey: await openKeyOnce({ masterKey, name: kid, open }),
      async secretOf(kind, id) {
        const client = await find(kind, id);
        if (client === undefined) throw new Error(`expected the client ${id}, found none`);
        return secretOf(client);
      },
    };
  }
  return { opening: { vendorId, licenseSpring: clients, vault }, sealing: { licenseSpring: issuer, vault } };
});
