import { eq } from 'drizzle-orm';
import { entitlements } from '@/db/schema/entitlements';
import { keygenPolicies } from '@/db/schema/keygen';
import { issueKey } from '../../keygen/issue-key';
import { keygenPolicy } from '../../keygen/keygen-policy';
import { keygenKeys } from '../../keygen/keys';
import { perform } from '../../operation';
import { activationOf, exchange } from '../exchange';
import { deviceText, makeKeygenKeys } from '../keygen';
import { OPERATOR } from '../test-customer';
import { applications, everybody, operatorOnly, scoped, vendorOnly } from './access-expectations';
import type { Row, Subject } from './access-rows';

/** Makes the Keygen issuer where the portal has none yet. */
async function withKeys({ portal }: Subject): Promise<object> {
  const keys = await portal.keyring.current();
  if ((await keygenKeys(keys).inUse()) === null) await makeKeygenKeys(portal);
  return {};
}

/** Gives the subject a licence key. */
async function licenceOf(subject: Subject): Promise<{ readonly entitlementId: string; readonly key: string }> {
  await withKeys(subject);
  const entitlementId = subject.entitlement.id;
  // Its leases last as long as those of other devices, which keeps them out of lists of leases that end soon.
  const policy = keygenPolicy.parse({ ttlSeconds: null, proofs: true });
  const { db } = subject.portal;
  const [row] = await db
    .update(entitlements)
    .set({ dialects: ['keygen', 'native'] })
    .where(eq(entitlements.id, entitlementId))
    .returning();
  await db.insert(keygenPolicies).values({ ...policy, offeringId: row?.offeringId ?? '' });
  const made = await perform(issueKey, { entitlementId }, subject.portal.contextFor(OPERATOR));
  if (!made.ok) throw new Error(`expected a licence key, found ${made.rejection.code}`);
  return { entitlementId, key: made.value.key };
}

const licenceInput = async (subject: Subject) => ({ entitlementId: (await licenceOf(subject)).entitlementId });

/** Activates a machine of software built for Keygen, as the owner of the subject. */
async function machineInput(subject: Subject): Promise<{ readonly activationId: string }> {
  const { key } = await licenceOf(subject);
  const answered = await exchange(subject.portal.contextFor(subject.owner), deviceText(key, 'cpu-1'));
  return { activationId: await activationOf(subject.portal, answered) };
}

/** Operations for software built for Keygen. */
export const KEYGEN_ROWS: Record<string, Row> = {
  'keygen.public': { input: withKeys, expected: everybody('yes') },
  'keygen.issue-key': {
    input: async (subject) => ({ ...(await withKeys(subject)), entitlementId: subject.entitlement.id }),
    expected: vendorOnly,
  },
  'keygen.show-licence': {
    input: ({ entitlement }) => ({ entitlementId: entitlement.id }),
    expected: scoped('yes', 'not-found'),
  },
  'keygen.issue-licence-file': { input: licenceInput, expected: scoped('yes', 'not-found') },
  'keygen.activate': {
    input: async (subject) => ({ ...(await licenceInput(subject)), fingerprint: 'cpu-1' }),
    expected: vendorOnly,
  },
  'keygen.find-machine': {
    input: async (subject) => ({ ...(await licenceInput(subject)), fingerprint: 'cpu-1' }),
    expected: scoped('yes', 'not-found'),
  },
  'keygen.check-out': { input: machineInput, expected: scoped('yes', 'not-found') },
  'keygen.issue-proof': { input: machineInput, expected: scoped('yes', 'not-found') },
  'keygen.validate': {
    input: async (subject) => ({ key: (await licenceOf(subject)).key }),
    expected: applications('yes'),
  },
  // There is an issuer already.
  'keygen.create-keys': { input: withKeys, expected: operatorOnly('keygen-keys-exist') },
  'keygen.rotate-keys': { input: withKeys, expected: operatorOnly('yes') },
  'keygen.list-keys': { input: withKeys, expected: operatorOnly('yes') },
  'keygen.count-call': { input: () => ({}), expected: applications('yes') },
};
