import { randomBytes } from 'node:crypto';
import { openDatabase } from '@/db/client';
import type { Actor } from '@/lib/operations/actor';
import { createOffering } from '@/lib/operations/catalogue/create-offering';
import { createProduct } from '@/lib/operations/catalogue/create-product';
import type { ActingContext } from '@/lib/operations/context';
import { newAttempt } from '@/lib/operations/context';
import { createCustomer } from '@/lib/operations/customers/create-customer';
import { createEntitlement } from '@/lib/operations/entitlements/create-entitlement';
import { initVendor } from '@/lib/operations/keys/init-vendor';
import { openKeyring } from '@/lib/operations/keys/keyring';
import { nativeKeys } from '@/lib/operations/native/keys';
import type { Operation } from '@/lib/operations/operation';
import { perform } from '@/lib/operations/operation';
import { createUser } from '@/lib/operations/people/create-user';
import type { PublicJwk } from '@/lib/signing/jwk';
import { publicJwkOf } from '@/lib/signing/jwk';
import { generateSigningKeyPair } from '@/lib/signing/key-pair';
import { localMasterKey } from '@/lib/signing/master-key';
import type { BenchDatabase } from './bench-server';
import { inParallel } from './in-parallel';

export const PRODUCT = 'press-control';
const OFFERING = 'press-control-pro';
export const CUSTOMER = 'northgate';
/** Terms of every offering of the bench. */
export const TERMS = { planType: 'subscription', startRule: 'on-creation', termLength: 'P5Y', offlineLeasePeriod: 'P90D' };
/** More than any part of the bench takes. */
const SEATS = 100_000;
export const OPERATOR: Actor = { role: 'operator', label: 'bench' };

/** An installed portal with entitlements, and the keys that a device needs to write requests. */
export interface Installation {
  /** Opens the vendor's keys: 32 bytes, base64url. */
  readonly masterKey: string;
  readonly vendorId: string;
  readonly exchangeJwk: PublicJwk;
  readonly email: string;
  /** Administrator of the one customer. */
  readonly actor: Extract<Actor, { readonly customerId: string }>;
  readonly entitlements: readonly { readonly id: string; readonly code: string }[];
}

/** A portal in this process. */
interface OpenPortal {
  readonly context: ActingContext;
  close(): Promise<void>;
}

/**
 * Opens the portal on a database, as `actor`.
 *
 * @param input.connections default: as many as the product opens
 */
export function openPortal(input: { url: string; masterKey: string; actor: Actor; connections?: number }): OpenPortal {
  const { masterKey, actor, ...options } = input;
  const { db, close } = openDatabase(options);
  const keyring = openKeyring(db, localMasterKey(Uint8Array.from(Buffer.from(masterKey, 'base64url'))));
  return { context: { db, keyring, actor, via: 'command-line', attempt: newAttempt() }, close };
}

/** Makes a vendor, a product and a customer with an administrator and that many entitlements, by the operator's own operations. */
export async function installPortal(database: BenchDatabase, { entitlements }: { entitlements: number }): Promise<Installation> {
  const masterKey = randomBytes(32).toString('base64url');
  const { context, close } = openPortal({ url: database.appUrl, masterKey, actor: OPERATOR });
  const make = async <Input, Value>(operation: Operation<Input, Value>, input: unknown): Promise<Value> => {
    const result = await perform(operation, input, context);
    if (result.ok) return result.value;
    throw new Error(`expected ${operation.name} to be done, found ${JSON.stringify(result.rejection)}`);
  };

  const root = await generateSigningKeyPair();
  const vendor = { name: 'Kestrel Automation', supportContact: 'licences@example.com', accent: '#0f766e' };
  await make(initVendor, { ...vendor, rootPrivateJwk: root.privateJwk });
  await make(createProduct, { code: PRODUCT, name: 'Press Control', fingerprintRequired: 2 });
  await make(createOffering, { ...TERMS, product: PRODUCT, code: OFFERING, edition: 'Pro' });
  const customer = await make(createCustomer, { code: CUSTOMER, name: 'Northgate Works' });
  const user = await make(createUser, { email: 'admin@example.com', name: 'Ada', role: 'customer_admin', customer: CUSTOMER });
  const clients = Array.from({ length: 8 });
  const sold = await inParallel(clients, Array.from({ length: entitlements }), async () => {
    const { id, activationCode } = await make(createEntitlement, { customer: CUSTOMER, offering: OFFERING, seats: SEATS });
    return { id, code: activationCode };
  });

  const keys = await context.keyring.current();
  const { exchangeJwk } = await nativeKeys(keys).native();
  await close();
  return {
    masterKey,
    vendorId: keys.vendorId,
    exchangeJwk: publicJwkOf(exchangeJwk),
    email: user.email,
    actor: { role: 'customer_admin', userId: user.id, customerId: customer.id, label: user.email },
    entitlements: sold,
  };
}
