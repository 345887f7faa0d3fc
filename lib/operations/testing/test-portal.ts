import { randomBytes, randomUUID } from 'node:crypto';
import { openDatabase } from '@/db/client';
import { products } from '@/db/schema/catalogue';
import { exchangeKeys, signingKeys, vendor } from '@/db/schema/vendor';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import type { VectorKeys } from '@/lib/dialects/native/testing/vector-keys';
import { certifySigningKey } from '@/lib/signing/certificate';
import type { PublicJwk } from '@/lib/signing/jwk';
import type { KeyPair } from '@/lib/signing/key-pair';
import { generateExchangeKeyPair, generateSigningKeyPair } from '@/lib/signing/key-pair';
import { localMasterKey, wrapPrivateJwk } from '@/lib/signing/master-key';
import type { Actor } from '../actor';
import type { OperationContext } from '../context';
import type { Keyring } from '../keys/keyring';
import { openKeyring } from '../keys/keyring';

/** A portal with a vendor, keys and one product on a database of its own. */
export interface TestPortal {
  readonly db: OperationContext['db'];
  readonly url: string;
  readonly ownerUrl: string;
  readonly keyring: Keyring;
  readonly masterSecret: Uint8Array;
  readonly vendorId: string;
  readonly root: KeyPair;
  readonly exchangeJwk: PublicJwk;
  readonly productId: string;
  contextFor(actor: Actor, now?: Date): OperationContext;
  close(): Promise<void>;
}

const DECADE_MS = 10 * 365 * 86_400_000;

interface TestPortalOptions {
  readonly connections?: number;
  /** Empty and migrated. Left out: a new one on the server of the test run. */
  readonly database?: TestDatabase;
  /** Keys of the published vectors, so that this portal opens their files. */
  readonly keys?: VectorKeys;
}

/** Makes a portal with a vendor and the product `press-control`. Nothing is sold yet. */
export async function makeTestPortal(options: TestPortalOptions = {}): Promise<TestPortal> {
  const database = options.database ?? (await createTestDatabase());
  const pool = openDatabase({ url: database.url, connections: options.connections ?? 4 });
  const masterSecret = Uint8Array.from(randomBytes(32));
  const masterKey = localMasterKey(masterSecret);
  const vendorId = options.keys?.vendor_id ?? randomUUID();
  const [root, signing, exchange] = await Promise.all([
    generateSigningKeyPair(),
    generateSigningKeyPair(),
    generateExchangeKeyPair(),
  ]);
  const notBefore = new Date(Date.now() - DECADE_MS);
  const expiresAt = new Date(Date.now() + DECADE_MS);
  await pool.db.insert(vendor).values({
    id: vendorId,
    name: 'Kestrel Automation',
    accent: '#0f766e',
    supportContact: 'licences@example.com',
    rootJwk: root.publicJwk,
    codeKeySealed: await masterKey.wrap(Uint8Array.from(randomBytes(32)), { purpose: 'code-key', kid: vendorId }),
  });
  await pool.db.insert(signingKeys).values({
    kid: signing.kid,
    alg: 'Ed25519',
    publicJwk: signing.publicJwk,
    privateSealed: await wrapPrivateJwk(masterKey, signing.privateJwk, { purpose: 'signing-key', kid: signing.kid }),
    certificate: certifySigningKey({
      rootPrivateJwk: root.privateJwk,
      vendorId,
      publicJwk: signing.publicJwk,
      notBefore,
      expiresAt,
    }),
    expiresAt,
  });
  const pairs: readonly (KeyPair & { readonly opened_until?: string })[] = [exchange, ...exchangeKeysOf(options.keys)];
  for (const pair of pairs) {
    await pool.db.insert(exchangeKeys).values({
      kid: pair.kid,
      publicJwk: pair.publicJwk,
      privateSealed: await wrapPrivateJwk(masterKey, pair.privateJwk, { purpose: 'exchange-key', kid: pair.kid }),
      ...(pair === exchange ? {} : { retiredAt: notBefore }),
      ...(pair.opened_until === undefined ? {} : { opensUntil: new Date(pair.opened_until) }),
    });
  }
  const [product] = await pool.db
    .insert(products)
    .values({ code: 'press-control', name: 'Press Control', fingerprintRequired: 2 })
    .returning({ id: products.id });
  const keyring = openKeyring(pool.db, masterKey);
  return {
    db: pool.db,
    url: database.url,
    ownerUrl: database.ownerUrl,
    keyring,
    masterSecret,
    vendorId,
    root,
    exchangeJwk: exchange.publicJwk,
    productId: product?.id ?? '',
    contextFor: (actor, now) => ({ db: pool.db, keyring, actor, via: 'command-line', ...(now === undefined ? {} : { now }) }),
    async close() {
      await pool.close();
      await database.drop();
    },
  };
}

/** A second portal over the same database with connections and memory of its own. */
export interface Replica extends Pick<TestPortal, 'db' | 'keyring' | 'contextFor'> {
  close(): Promise<void>;
}

export function makeReplica({ url, masterSecret }: Pick<TestPortal, 'url' | 'masterSecret'>): Replica {
  const { db, close } = openDatabase({ url, connections: 4 });
  const keyring = openKeyring(db, localMasterKey(masterSecret));
  const contextFor: TestPortal['contextFor'] = (actor, now) => {
    return { db, keyring, actor, via: 'command-line', ...(now === undefined ? {} : { now }) };
  };
  return { db, keyring, contextFor, close };
}

function exchangeKeysOf(keys: VectorKeys | undefined) {
  if (keys === undefined) return [];
  return [keys.exchange, keys.exchange_p256, keys.exchange_retiring, keys.exchange_retired];
}
