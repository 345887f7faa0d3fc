import type { DatabasePool } from '@/db/client';
import { openDatabase } from '@/db/client';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { generateSigningKeyPair } from '@/lib/signing/key-pair';
import { localMasterKey } from '@/lib/signing/master-key';
import type { Actor } from '../../actor';
import { createOffering } from '../../catalogue/create-offering';
import { createProduct } from '../../catalogue/create-product';
import type { OperationContext } from '../../context';
import { createCustomer } from '../../customers/create-customer';
import { openKeyring } from '../../keys/keyring';
import type { Operation } from '../../operation';
import { perform } from '../../operation';
import { createUser } from '../../people/create-user';

/** An empty portal, and its operator. */
export interface OperatorScene {
  readonly database: TestDatabase;
  readonly pool: DatabasePool;
  readonly context: OperationContext;
  as(actor: Actor): OperationContext;
  close(): Promise<void>;
}

/** Makes a portal without a vendor. */
export async function makeOperatorScene(): Promise<OperatorScene> {
  const database = await createTestDatabase();
  const pool = openDatabase({ url: database.url, connections: 4 });
  const keyring = openKeyring(pool.db, localMasterKey(new Uint8Array(32).fill(9)));
  const context: OperationContext = {
    db: pool.db,
    keyring,
    actor: { role: 'operator', label: 'operator' },
    via: 'command-line',
  };
  return {
    database,
    pool,
    context,
    as: (actor) => ({ ...context, actor }),
    async close() {
      await pool.close();
      await database.drop();
    },
  };
}

/** Performs an operation that is expected to succeed, and returns its value. */
export async function done<Input, Value>(
  operation: Operation<Input, Value>,
  input: unknown,
  context: OperationContext,
): Promise<Value> {
  const result = await perform(operation, input, context);
  if (!result.ok) throw new Error(`expected ${operation.name} to be done, found ${JSON.stringify(result.rejection)}`);
  return result.value;
}

/** Input of `vendor.init` with a root key of its own. */
export async function vendorInput(curve: 'Ed25519' | 'P-256' = 'Ed25519') {
  const { privateJwk } = await generateSigningKeyPair(curve);
  return { name: 'Kestrel Automation', supportContact: 'licences@example.com', accent: '#0f6b5c', rootPrivateJwk: privateJwk };
}

/** A product with one offering, two customers and a member of each. */
export async function makeCatalogue(context: OperationContext): Promise<void> {
  await done(createProduct, { code: 'press-control', name: 'Press Control' }, context);
  const terms = { planType: 'time-limited', startRule: 'on-date', termLength: 'P1Y', offlineLeasePeriod: 'P90D' };
  await done(createOffering, { product: 'press-control', code: 'press-pro', edition: 'Professional', ...terms }, context);
  for (const code of ['hallmann', 'brightwater']) {
    await done(createCustomer, { code, name: code }, context);
    await done(createUser, { email: `member@${code}.example.com`, name: 'A Member', role: 'member', customer: code }, context);
  }
}
