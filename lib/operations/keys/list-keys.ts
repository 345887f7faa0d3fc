import type { JWK } from 'jose';
import { z } from 'zod';
import type { KeyRows } from '@/db/keys/read-keys';
import { readKeys } from '@/db/keys/read-keys';
import { vendorFile } from '@/lib/dialects/native/vendor-file';
import { reject } from '@/lib/licensing/refusals/rejection';
import { defineOperation, done, refuse } from '../operation';

/** A key as the operator sees it. */
export interface ListedKey {
  readonly kid: string;
  readonly purpose: 'signing' | 'exchange';
  readonly state: 'in-use' | 'expired' | 'opens-old-requests' | 'retired';
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  /** End of the certificate, or until when requests to a retired key are opened; null: no end set. */
  readonly endsAt: Date | null;
}

/** Lists all keys of the vendor, newest first. */
export const listKeys = defineOperation({
  name: 'key.list',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  async run(_, { db }) {
    const { now, signingKeys, exchangeKeys } = await readKeys(db);
    const signing = signingKeys.map((key): ListedKey => {
      const { kid, createdAt, retiredAt, expiresAt: endsAt } = key;
      const state = endsAt > now ? 'in-use' : 'expired';
      return { kid, purpose: 'signing', state: retiredAt === null ? state : 'retired', createdAt, retiredAt, endsAt };
    });
    const exchange = exchangeKeys.map((key): ListedKey => {
      const { kid, createdAt, retiredAt, opensUntil: endsAt } = key;
      const state = endsAt === null || endsAt > now ? 'opens-old-requests' : 'retired';
      return { kid, purpose: 'exchange', state: retiredAt === null ? 'in-use' : state, createdAt, retiredAt, endsAt };
    });
    return done([...signing, ...exchange]);
  },
});

/** Exports the vendor file that devices are built with: the vendor's id, its public root key and the exchange key in use. */
export const exportVendor = defineOperation({
  name: 'vendor.export',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  async run(_, { db }) {
    const rows = await readKeys(db);
    const { vendor } = rows;
    if (vendor === null) return refuse(reject('vendor-missing'));
    return done(
      vendorFile.parse({
        vendor_id: vendor.id,
        name: vendor.name,
        root_public_jwk: vendor.rootJwk,
        exchange_public_jwk: exchangeKeyInUse(rows),
      }),
    );
  },
});

function exchangeKeyInUse({ exchangeKeys }: KeyRows): JWK {
  const inUse = exchangeKeys.find((key) => key.retiredAt === null);
  if (inUse === undefined) throw new Error('expected an exchange key in use, found none');
  return inUse.publicJwk;
}
