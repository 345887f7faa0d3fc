import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { makeCustomer } from '../test-customer';
import { operatorOnly } from './access-expectations';
import type { Row, Subject } from './access-rows';

const nothing = () => ({});
const newCode = () => `code-${randomUUID()}`;
const newAddress = () => `${randomUUID()}@example.com`;
const entitlementInput = ({ entitlement }: Subject) => ({ entitlementId: entitlement.id });

async function emailOf({ portal, personId }: Subject): Promise<string> {
  const rows = await portal.db.execute<{ email: string }>(sql`select email from users where id = ${personId}::uuid`);
  return rows[0]?.email ?? '';
}

async function offeringOf({ portal, entitlement }: Subject): Promise<string> {
  const rows = await portal.db.execute<{ code: string }>(
    sql`select o.code from offerings o join entitlements e on e.offering_id = o.id where e.id = ${entitlement.id}::uuid`,
  );
  return rows[0]?.code ?? '';
}

async function customerIdOf({ portal, customerCode }: Subject): Promise<string> {
  const rows = await portal.db.execute<{ id: string }>(sql`select id from customers where code = ${customerCode}`);
  return rows[0]?.id ?? '';
}

async function mailInput(subject: Subject) {
  const { personId } = subject;
  const mail = { personId, customerId: await customerIdOf(subject), to: await emailOf(subject), invitedAt: new Date() };
  return { mail, outcome: 'accepted', answer: '250 taken' };
}

const yes = operatorOnly('yes');

/** Operations of the command line and of the portal's own tasks. Nobody else may perform them. */
export const OPERATOR_ROWS: Record<string, Row> = {
  // There is one vendor, and its root key is not on this machine.
  'vendor.init': {
    input: ({ portal }) => {
      const { privateJwk: rootPrivateJwk } = portal.root;
      return { name: 'Another', supportContact: 'help@example.com', accent: '#0f6b5c', rootPrivateJwk };
    },
    expected: operatorOnly('vendor-exists'),
  },
  'vendor.export': { input: nothing, expected: yes },
  'key.list': { input: nothing, expected: yes },
  'key.rotate': { input: () => ({ signing: false, exchange: true }), expected: yes },
  'product.create': { input: () => ({ code: newCode(), name: 'Press Studio' }), expected: yes },
  'product.set': { input: () => ({ code: 'press-control', fingerprintRequired: 2 }), expected: yes },
  'product.list': { input: nothing, expected: yes },
  'offering.create': {
    input: () => ({
      ...{ product: 'press-control', code: newCode(), edition: 'Pro', planType: 'subscription', startRule: 'on-date' },
      ...{ termLength: 'P1Y', offlineLeasePeriod: 'P90D' },
    }),
    expected: yes,
  },
  'offering.set': {
    input: async (subject) => ({ code: await offeringOf(subject), keygenProofs: true }),
    expected: yes,
  },
  'offering.list': { input: nothing, expected: yes },
  'customer.create': { input: () => ({ code: newCode(), name: 'Westgate Works' }), expected: yes },
  'customer.list': { input: nothing, expected: yes },
  'user.create': { input: () => ({ email: newAddress(), name: 'Sam', role: 'support' }), expected: yes },
  'user.list': { input: nothing, expected: yes },
  'user.find': { input: async (subject) => ({ email: await emailOf(subject) }), expected: yes },
  'user.reset-second-factor': { input: async (subject) => ({ email: await emailOf(subject) }), expected: yes },
  'user.move': {
    input: async (subject) => ({
      email: await emailOf(subject),
      customer: (await makeCustomer(subject.portal, 'Eastgate Works')).code,
    }),
    expected: yes,
  },
  'user.delete': { input: async (subject) => ({ email: await emailOf(subject) }), expected: yes },
  'entitlement.create': {
    input: async (subject) => ({
      ...{ customer: subject.customerCode, offering: await offeringOf(subject), seats: 3 },
      startsAt: '2026-01-01',
    }),
    expected: yes,
  },
  'entitlement.assign': {
    input: async (subject) => ({ ...entitlementInput(subject), emails: [await emailOf(subject)] }),
    expected: yes,
  },
  'entitlement.set-release-policy': {
    input: (subject) => ({ ...entitlementInput(subject), releaseApproval: true }),
    expected: yes,
  },
  'code.create': { input: ({ entitlement }) => ({ entitlementIds: [entitlement.id] }), expected: yes },
  'code.withdraw': { input: ({ entitlement }) => ({ code: entitlement.codeId }), expected: yes },
  'code.list': { input: entitlementInput, expected: yes },
  'licensespring.create-issuer': { input: nothing, expected: yes },
  'licensespring.show-issuer': { input: nothing, expected: yes },
  'licensespring.create-client': { input: nothing, expected: yes },
  'licensespring.list-clients': { input: nothing, expected: yes },
  'licensespring.withdraw-client': { input: () => ({ id: randomUUID() }), expected: operatorOnly('unknown-name') },
  'licensespring.create-bundle': {
    input: ({ entitlement }) => ({ product: newCode(), entitlementIds: [entitlement.id] }),
    expected: yes,
  },
  'licensespring.create-licence': {
    input: () => ({ product: newCode(), type: 'perpetual', maxActivations: 2 }),
    expected: yes,
  },
  'licensespring.list-licences': { input: nothing, expected: yes },
  // The subject's entitlement is no LicenseSpring licence.
  'licensespring.blacklist': {
    input: (subject) => ({ ...entitlementInput(subject), hardwareId: 'a machine' }),
    expected: operatorOnly('unknown-name'),
  },
  'licensespring.set-product': { input: () => ({ code: 'press-control', minimumSchema: 2 }), expected: yes },
  'audit.seal': { input: nothing, expected: yes },
  'audit.check': { input: nothing, expected: yes },
  'lease.settle': { input: nothing, expected: yes },
  'file.drop': { input: () => ({ days: 400 }), expected: yes },
  'invitation.expire': { input: nothing, expected: yes },
  'invitation-mail.settle': { input: mailInput, expected: yes },
  'reminder.list': { input: () => ({ after: null }), expected: yes },
  'reminder.claim': { input: ({ personId }) => ({ userId: personId }), expected: yes },
  'reminder.settle': {
    input: async (subject) => ({
      ...{ userId: subject.personId, customerId: await customerIdOf(subject), email: await emailOf(subject) },
      ...{ outcome: 'failed', leases: [] },
    }),
    expected: yes,
  },
  'claim-mail.claim': { input: () => ({ claimId: null }), expected: yes },
  'claim-mail.settle': {
    input: ({ personId }) => ({
      ...{ claimId: randomUUID(), userId: personId, tells: 'asked', address: 'a@example.com' },
      ...{ outcome: 'failed', answer: 'The mail server could not be reached.' },
    }),
    expected: yes,
  },
};
