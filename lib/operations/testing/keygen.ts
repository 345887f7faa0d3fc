import { createDecipheriv, createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { entitlements } from '@/db/schema/entitlements';
import { keygenIssuers, keygenPolicies } from '@/db/schema/keygen';
import { generateKeySet } from '@/lib/dialects/keygen/key-set';
import { issueKey } from '../keygen/issue-key';
import { keygenPolicy } from '../keygen/keygen-policy';
import { wrapPrivatePems } from '../keygen/keys';
import { perform } from '../operation';
import type { TestCustomer, TestEntitlement } from './test-customer';
import { makeEntitlement, OPERATOR } from './test-customer';
import type { TestPortal } from './test-portal';

/** Makes a Keygen issuer. @returns its account */
export async function makeKeygenKeys(portal: TestPortal): Promise<string> {
  const { kid, publicPems, privatePems } = await generateKeySet();
  const account = randomUUID();
  const privateSealed = await wrapPrivatePems(portal.keyring.masterKey, privatePems, kid);
  await portal.db.insert(keygenIssuers).values({ kid, account, publicPems, privateSealed });
  return account;
}

/** An entitlement with a licence key. */
export interface TestLicence extends TestEntitlement {
  readonly key: string;
}

type Terms = Parameters<typeof makeEntitlement>[2];

/** Sells a customer a licence for software built for Keygen. */
export async function makeLicence(
  portal: TestPortal,
  customer: TestCustomer,
  { terms = {}, policy = {} }: { terms?: Terms; policy?: Parameters<typeof keygenPolicy.parse>[0] } = {},
): Promise<TestLicence> {
  const entitlement = await makeEntitlement(portal, customer, { dialects: ['keygen'], ...terms });
  const [row] = await portal.db.select().from(entitlements).where(eq(entitlements.id, entitlement.id));
  await portal.db.insert(keygenPolicies).values({ ...keygenPolicy.parse(policy), offeringId: row?.offeringId ?? '' });
  const made = await perform(issueKey, { entitlementId: entitlement.id }, portal.contextFor(OPERATOR));
  if (!made.ok) throw new Error(`expected a licence key, found ${made.rejection.code}`);
  return { ...entitlement, key: made.value.key };
}

/** The text that a device shows to request a machine file. */
export function deviceText(key: unknown, fingerprint: unknown): string {
  return Buffer.from(JSON.stringify({ key, fingerprint })).toString('base64');
}

interface MachineFile {
  readonly data: { readonly id: string; readonly attributes: Readonly<Record<string, unknown>> };
  readonly included: readonly { readonly type: string; readonly id: string }[];
  readonly meta: { readonly issued: string; readonly expiry: string; readonly ttl: number };
}

/** Decrypts a file as a client with licence key and fingerprint does. Does not check its signature. */
export function openEncrypted(text: string, secret: string): MachineFile {
  const body = text.split('\n').slice(1, -2).join('');
  const { enc } = JSON.parse(Buffer.from(body, 'base64').toString('utf8'));
  const [data = '', iv = '', tag = ''] = String(enc).split('.');
  const decipher = createDecipheriv('aes-256-gcm', createHash('sha256').update(secret).digest(), Buffer.from(iv, 'base64'));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  const plain = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]);
  return JSON.parse(plain.toString('utf8'));
}
