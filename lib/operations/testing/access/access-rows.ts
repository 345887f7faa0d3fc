import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Actor } from '../../actor';
import { openClaim } from '../../claims/open-claim';
import { perform } from '../../operation';
import type { Outcome } from '../exchange';
import { exchangeAsGuest, makeGuest, submitAsGuest } from '../guest';
import type { TestEntitlement } from '../test-customer';
import { needApproval } from '../test-customer';
import type { TestDevice } from '../test-device';
import type { TestPortal } from '../test-portal';
import type { Expected } from './access-expectations';
import {
  answerers,
  applications,
  customersOnly,
  everybody,
  guests,
  keepers,
  notTheirs,
  peopleOnly,
  releasers,
  scoped,
  supportOnly,
  vendorOnly,
} from './access-expectations';
import { KEYGEN_ROWS } from './keygen-rows';
import { OPERATOR_ROWS } from './operator-rows';
import { VISITOR_ROWS } from './visitor-rows';

/** A seat and its surroundings for one attempt. */
export interface Subject {
  readonly portal: TestPortal;
  /** The member who took the seat. */
  readonly owner: Actor;
  readonly entitlement: TestEntitlement;
  readonly device: TestDevice;
  readonly activationId: string;
  readonly deviceId: string;
  readonly answered: Outcome;
  /** An unanswered submission of the owner, of a second machine. */
  readonly submissionId: string;
  /** A colleague with a second factor and no entitlement. */
  readonly personId: string;
  readonly customerCode: string;
  /** A browser that support is signed in with. */
  readonly supportSession: string;
}

export interface Row {
  readonly input: (subject: Subject) => unknown | Promise<unknown>;
  readonly expected: Expected;
  /** For lists: how many rows of the subject are in the result. */
  readonly count?: (value: unknown, subject: Subject) => number;
}

const has = (text: (subject: Subject) => string) => (value: unknown, subject: Subject) =>
  JSON.stringify(value).includes(text(subject)) ? 1 : 0;
const exchangeInput = (subject: Subject) => ({ exchangeId: subject.answered.exchangeId });
const stateKindInput = ({ submissionId }: Subject) => ({ submissionId, kind: 'activation' });
const nothing = () => ({});
const noFile = () => ({ bytes: new TextEncoder().encode('hello') });

/** The guest whose files the other guest asks for. */
export const GUEST = makeGuest();
const guestInput = async ({ portal, device }: Subject) => ({
  submissionId: (await submitAsGuest(portal.contextFor(GUEST), await device.request())).submissionId,
});
const answeredGuestInput = async ({ portal, device }: Subject) => ({
  submissionId: (await exchangeAsGuest(portal.contextFor(GUEST), await device.request())).submissionId,
});

/** The cursor after which the list of leases begins with the subject. */
async function justBefore({ portal, activationId }: Subject): Promise<string> {
  const rows = await portal.db.execute<{ ms: number }>(
    sql`select (extract(epoch from lease_ends_at) * 1000 - 1)::float8 as ms from activations where id = ${activationId}::uuid`,
  );
  return `${rows[0]?.ms ?? 0}_${activationId}`;
}

/** Makes the owner of the subject open a claim for their seat. */
async function claimOf({ portal, owner, entitlement, activationId }: Subject): Promise<{ readonly claimId: string }> {
  await needApproval(portal, entitlement.id);
  const opened = await perform(openClaim, { activationId, reason: 'lost' }, portal.contextFor(owner));
  if (!opened.ok) throw new Error(`expected a claim, found ${opened.rejection.code}`);
  const rows = await portal.db.execute<{ id: string }>(sql`select id from claims where activation_id = ${activationId}`);
  return { claimId: rows[0]?.id ?? '' };
}

/** Every operation with its input and the expected result for each kind of actor. */
export const MATRIX: Record<string, Row> = {
  'exchange.submit': {
    input: async ({ device }) => ({ fileName: null, bytes: new TextEncoder().encode(await device.request()) }),
    // A code works for those alone who may use its entitlement.
    expected: scoped('1', '0'),
    count: (value) => (JSON.stringify(value).includes('activation-code-unknown') ? 0 : 1),
  },
  'exchange.preview': { input: ({ submissionId }) => ({ submissionId }), expected: scoped('yes', 'not-found') },
  'exchange.commit': { input: ({ submissionId }) => ({ submissionId }), expected: scoped('yes', 'not-found') },
  // The kind of the subject's file is clear.
  'exchange.say-kind': { input: stateKindInput, expected: everybody('not-found') },
  'guest.say-kind': { input: stateKindInput, expected: guests('not-found', 'not-found') },
  'exchange.list': { input: nothing, expected: everybody('yes') },
  'exchange.show': { input: exchangeInput, expected: scoped('yes', 'not-found') },
  'exchange.download': { input: exchangeInput, expected: scoped('yes', 'not-found') },
  'guest.offered': { input: nothing, expected: guests('yes', 'yes') },
  'guest.submit': {
    input: async ({ device }) => ({ fileName: null, bytes: new TextEncoder().encode(await device.request()) }),
    expected: guests('yes', 'yes'),
  },
  'guest.preview': { input: guestInput, expected: guests('yes', 'not-found') },
  'guest.commit': { input: guestInput, expected: guests('yes', 'not-found') },
  'guest.download': { input: answeredGuestInput, expected: guests('yes', 'not-found') },
  'licensespring.activate': { input: noFile, expected: applications('file-not-base64') },
  'licensespring.activate-bundle': { input: noFile, expected: applications('file-not-base64') },
  'licensespring.deactivate': { input: noFile, expected: applications('file-not-base64') },
  'licensespring.check-call': {
    input: () => ({ authorization: null, date: null }),
    expected: applications('call-headers-missing'),
  },
  'refresh.issue-all': { input: ({ entitlement }) => ({ entitlementId: entitlement.id }), expected: scoped('yes', 'not-found') },
  'refresh.issue': { input: ({ activationId }) => ({ activationId }), expected: scoped('yes', 'not-found') },
  'entitlement.list': { input: nothing, expected: scoped('1', '0'), count: has(({ entitlement }) => entitlement.id) },
  'entitlement.show': { input: ({ entitlement }) => ({ entitlementId: entitlement.id }), expected: scoped('yes', 'not-found') },
  'device.list': { input: nothing, expected: scoped('1', '0'), count: has(({ deviceId }) => deviceId) },
  'device.show': { input: ({ deviceId }) => ({ deviceId }), expected: scoped('yes', 'not-found') },
  'device.rename': {
    input: ({ deviceId }) => ({ deviceId, name: 'Press line 8' }),
    expected: { ...scoped('yes', 'not-found'), operator: 'not-allowed' },
  },
  'lease.list': {
    input: async (subject) => ({ window: 'all', after: await justBefore(subject) }),
    expected: scoped('1', '0'),
    count: has(({ activationId }) => activationId),
  },
  'seat.list': { input: ({ entitlement }) => ({ entitlementId: entitlement.id }), expected: scoped('yes', 'not-found') },
  'calendar.show': { input: nothing, expected: customersOnly('yes') },
  // Nobody has a link yet.
  'calendar.revoke': { input: nothing, expected: customersOnly('not-found') },
  'calendar.make': { input: nothing, expected: customersOnly('yes') },
  'reminder.show': { input: nothing, expected: customersOnly('yes') },
  'reminder.choose': { input: () => ({ days: [7], withFiles: true }), expected: customersOnly('yes') },
  'seat.show': { input: ({ activationId }) => ({ activationId }), expected: scoped('yes', 'not-found') },
  'seat.release': { input: ({ activationId }) => ({ activationId, reason: 'lost' }), expected: releasers },
  'seat.undo-release': { input: ({ activationId }) => ({ activationId }), expected: scoped('nothing-to-undo', 'not-found') },
  'claim.open': {
    input: async ({ portal, entitlement, activationId }) => {
      await needApproval(portal, entitlement.id);
      return { activationId, reason: 'lost' };
    },
    expected: { ...scoped('yes', 'not-found'), operator: 'not-allowed' },
  },
  'claim.list': {
    input: async (subject) => {
      const { claimId } = await claimOf(subject);
      const rows = await subject.portal.db.execute<{ ms: number }>(
        sql`select (extract(epoch from opened_at) * 1000 - 1)::float8 as ms from claims where id = ${claimId}::uuid`,
      );
      return { openAfter: `${rows[0]?.ms ?? 0}_${claimId}` };
    },
    expected: scoped('1', '0'),
    count: has(({ activationId }) => activationId),
  },
  'claim.show': { input: claimOf, expected: scoped('yes', 'not-found') },
  'claim.count': { input: nothing, expected: answerers('yes', 'yes') },
  'claim.approve': { input: claimOf, expected: answerers('yes', 'not-found') },
  'claim.refuse': { input: claimOf, expected: answerers('yes', 'not-found') },
  'claim.withdraw': {
    input: claimOf,
    expected: {
      ...scoped('yes', 'not-found'),
      admin: 'claim-of-another',
      support: 'claim-of-another',
      operator: 'not-allowed',
    },
  },
  'claim.resend': { input: claimOf, expected: answerers('yes', 'not-found') },
  'person.list': { input: nothing, expected: keepers('1', '0'), count: has(({ personId }) => personId) },
  'person.show': { input: ({ personId }) => ({ personId }), expected: keepers('yes', 'not-found') },
  'person.invite': {
    input: ({ customerCode }) => ({ email: `${randomUUID()}@example.com`, name: 'New', role: 'member', customer: customerCode }),
    expected: keepers('yes', 'unknown-name'),
  },
  'person.resend': { input: ({ personId }) => ({ personId }), expected: keepers('yes', 'not-found') },
  'reminder.resend': {
    input: ({ personId }) => ({ personId }),
    expected: keepers('nothing-to-remind', 'not-found'),
  },
  'person.change-role': {
    input: ({ personId }) => ({ personId, role: 'customer_admin' }),
    expected: keepers('yes', 'not-found'),
  },
  'person.remove': { input: ({ personId }) => ({ personId }), expected: keepers('yes', 'not-found') },
  'entitlement.assign-person': {
    input: ({ personId, entitlement }) => ({ personId, assign: [entitlement.id] }),
    expected: keepers('yes', 'not-found'),
  },
  'audit.list': { input: nothing, expected: scoped('1', '0'), count: has(({ entitlement }) => entitlement.id) },
  'audit.standing': { input: nothing, expected: vendorOnly },
  'audit.export': {
    input: nothing,
    expected: { ...everybody('yes'), member: 'not-allowed', 'unassigned member': 'not-allowed', 'other member': 'not-allowed' },
  },
  'device.notes': { input: ({ deviceId }) => ({ deviceId }), expected: vendorOnly },
  'device.note': { input: ({ deviceId }) => ({ deviceId, body: 'Moved to hall 3' }), expected: vendorOnly },
  'support.search': { input: ({ deviceId }) => ({ text: deviceId }), expected: vendorOnly },
  'file.inspect': { input: () => ({ fileName: null, bytes: new TextEncoder().encode('hello') }), expected: vendorOnly },
  'file.show': { input: ({ answered }) => ({ id: answered.exchangeId }), expected: vendorOnly },
  'entitlement.disable': {
    input: ({ entitlement }) => ({ entitlementId: entitlement.id, reason: 'Not paid' }),
    expected: vendorOnly,
  },
  'entitlement.enable': {
    input: ({ entitlement }) => ({ entitlementId: entitlement.id, reason: 'Paid' }),
    expected: vendorOnly,
  },
  'view.start': { input: ({ personId, supportSession }) => ({ personId, session: supportSession }), expected: supportOnly },
  'view.end': { input: ({ supportSession }) => ({ session: supportSession }), expected: supportOnly },
  'second-factor.show': { input: nothing, expected: peopleOnly },
  'second-factor.show-recovery-codes': { input: () => ({ kept: null, session: randomUUID() }), expected: peopleOnly },
  'second-factor.begin': { input: nothing, expected: peopleOnly },
  'second-factor.confirm': {
    input: () => ({ code: '', currentSession: randomUUID() }),
    expected: { ...everybody('second-factor-code-wrong'), operator: 'not-allowed' },
  },
  'second-factor.switch-off': {
    input: () => ({ code: '' }),
    expected: { ...everybody('second-factor-off'), operator: 'not-allowed' },
  },
  'second-factor.renew-recovery-codes': {
    input: () => ({ code: '', currentSession: randomUUID() }),
    expected: { ...everybody('second-factor-off'), operator: 'not-allowed' },
  },
  'second-factor.reset': { input: ({ personId }) => ({ personId }), expected: keepers('yes', 'not-found') },
  'session.list': { input: () => ({ current: randomUUID() }), expected: peopleOnly },
  'session.end': { input: () => ({ session: randomUUID() }), expected: { ...peopleOnly, ...notTheirs } },
  'session.sign-out': { input: () => ({ session: randomUUID() }), expected: { ...peopleOnly, ...notTheirs } },
  'session.show-proof': { input: () => ({ session: randomUUID() }), expected: peopleOnly },
  'session.send-code': { input: () => ({ session: randomUUID() }), expected: { ...peopleOnly, ...notTheirs } },
  'session.prove': {
    input: () => ({ session: randomUUID(), code: '123456' }),
    expected: { ...everybody('sign-in-code-ended'), operator: 'not-allowed' },
  },
  'session.end-others': { input: () => ({ current: randomUUID() }), expected: peopleOnly },
  ...VISITOR_ROWS,
  ...KEYGEN_ROWS,
  ...OPERATOR_ROWS,
};
