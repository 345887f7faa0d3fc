import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import type { Database } from '@/db/client';
import type { ClientRow, LicenseSpringRows } from '@/db/licensespring/licensespring-issuer';
import { readLicenseSpring, readMinimumSchema } from '@/db/licensespring/licensespring-issuer';
import type { LicenseSpringClients, LicenseSpringIssuer } from '@/lib/dialects/licensespring/issuer';
import type { MasterKey } from '@/lib/signing/master-key';
import { issuerPlace, openSecret } from './issuer-secrets';

/** What was opened under the master key, for the life of the process. */
export interface OpenedIssuer {
  readonly secrets: Map<string, Promise<string>>;
  readonly keys: Map<string, Promise<KeyObject>>;
}

/** The issuer and its clients as they are at one moment, read at the first use. */
export interface LicenseSpringKeys {
  readonly clients: LicenseSpringClients;
  /** @throws Error when no issuer was made: no client exists then, and so no request that could be answered */
  issuer(): Promise<LicenseSpringIssuer>;
}

/** Opens what files of the LicenseSpring dialect are verified and answered with. */
export function openLicenseSpring(
  db: Database,
  { masterKey, opened }: { masterKey: MasterKey; opened: OpenedIssuer },
): LicenseSpringKeys {
  let read: Promise<LicenseSpringRows> | null = null;
  const rows = () => {
    read ??= readLicenseSpring(db);
    // A failure is not kept.
    read.catch(() => {
      read = null;
    });
    return read;
  };
  const find = async (kind: ClientRow['kind'], id: string) =>
    (await rows()).clients.find((client) => client.id === id && client.kind === kind);
  const secretOf = (client: ClientRow) => keep(opened.secrets, client.id, () => openSecret(masterKey, client));
  return {
    clients: {
      async client(kind, id) {
        const found = await find(kind, id);
        if (found === undefined || found.withdrawnAt !== null) return undefined;
        return { id, kind, secret: await secretOf(found), products: found.productCodes };
      },
      async minimumSchema(productCode) {
        const { minimumSchemas } = await rows();
        if (Object.hasOwn(minimumSchemas, productCode)) return minimumSchemas[productCode] ?? 2;
        // One that was made since, or none: what is said of that does not depend on the version.
        return (await readMinimumSchema(db, productCode)) ?? 1;
      },
    },
    async issuer() {
      const { issuer } = await rows();
      if (issuer === null) throw new Error('expected the LicenseSpring issuer, found none');
      const { companyId, publicPem, kid, privateSealed } = issuer;
      const privateKey = await keep(opened.keys, kid, async () =>
        createPrivateKey(Buffer.from(await masterKey.unwrap(privateSealed, issuerPlace(kid))).toString()),
      );
      return {
        ...{ companyId, publicPem, privateKey },
        async secretOf(kind, id) {
          const client = await find(kind, id);
          if (client === undefined) throw new Error(`expected the client ${id}, found none`);
          return secretOf(client);
        },
      };
    },
  };
}

/** Opened once; a failure is not kept. */
function keep<Value>(kept: Map<string, Promise<Value>>, name: string, open: () => Promise<Value>): Promise<Value> {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const value = open();
  kept.set(name, value);
  value.catch(() => kept.delete(name));
  return value;
}
