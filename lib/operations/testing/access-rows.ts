import { randomUUID } from 'node:crypto';
import type { Expected } from './access-expectations';
import { everybody, keepers, notTheirs, peopleOnly, releasers, scoped, supportOnly, vendorOnly } from './access-expectations';
import type { Outcome } from './exchange';
import type { TestEntitlement } from './test-customer';
import type { TestDevice } from './test-device';

/** A seat that somebody else made, for one attempt. */
export interface Subject {
  readonly entitlement: TestEntitlement;
  readonly device: TestDevice;
  readonly activationId: string;
  readonly deviceId: string;
  readonly answered: Outcome;
  /** A file of a second machine that its owner handed in and did not answer. */
  readonly submissionId: string;
  /** A colleague who has nothing assigned. */
  readonly personId: string;
  readonly customerCode: string;
  /** A browser that support is signed in with. */
  readonly supportSession: string;
}

export interface Row {
  readonly input: (subject: Subject) => unknown | Promise<unknown>;
  readonly expected: Expected;
  /** For lists: how many rows of the subject are in the answer. */
  readonly count?: (value: unknown, subject: Subject) => number;
}

const has = (text: (subject: Subject) => string) => (value: unknown, subject: Subject) =>
  JSON.stringify(value).includes(text(subject)) ? 1 : 0;
const exchangeInput = (subject: Subject) => ({ exchangeId: subject.answered.exchangeId });
const nothing = () => ({});

/** Every operation that people perform: what is asked of it, and what comes of it for whom. */
export const MATRIX: Record<string, Row> = {
  'exchange.submit': {
    input: async ({ device }) => ({ fileName: null, bytes: new TextEncoder().encode(await device.request()) }),
    expected: everybody('yes'),
    count: (value) => (JSON.stringify(value).includes('activation-code-unknown') ? 0 : 1),
  },
  'exchange.preview': { input: ({ submissionId }) => ({ submissionId }), expected: scoped('yes', 'not-found') },
  'exchange.commit': { input: ({ submissionId }) => ({ submissionId }), expected: scoped('yes', 'not-found') },
  'exchange.list': { input: nothing, expected: everybody('yes') },
  'exchange.show': { input: exchangeInput, expected: scoped('yes', 'not-found') },
  'exchange.download': { input: exchangeInput, expected: scoped('yes', 'not-found') },
  'refresh.issue': { input: ({ activationId }) => ({ activationId }), expected: scoped('yes', 'not-found') },
  'entitlement.list': { input: nothing, expected: scoped('1', '0'), count: has(({ entitlement }) => entitlement.id) },
  'entitlement.show': { input: ({ entitlement }) => ({ entitlementId: entitlement.id }), expected: scoped('yes', 'not-found') },
  'device.list': { input: nothing, expected: scoped('1', '0'), count: has(({ deviceId }) => deviceId) },
  'device.show': { input: ({ deviceId }) => ({ deviceId }), expected: scoped('yes', 'not-found') },
  'seat.show': { input: ({ activationId }) => ({ activationId }), expected: releasers },
  'seat.release': { input: ({ activationId }) => ({ activationId, reason: 'lost' }), expected: releasers },
  'person.list': { input: nothing, expected: keepers('1', '0'), count: has(({ personId }) => personId) },
  'person.show': { input: ({ personId }) => ({ personId }), expected: keepers('yes', 'not-found') },
  'person.invite': {
    input: ({ customerCode }) => ({ email: `${randomUUID()}@example.com`, name: 'New', role: 'member', customer: customerCode }),
    expected: keepers('yes', 'unknown-name'),
  },
  'person.resend': { input: ({ personId }) => ({ personId }), expected: keepers('yes', 'not-found') },
  'person.change-role': {
    input: ({ personId }) => ({ personId, role: 'customer_admin' }),
    expected: keepers('yes', 'not-found'),
  },
  'person.remove': { input: ({ personId }) => ({ personId }), expected: keepers('yes', 'not-found') },
  'entitlement.assign-person': {
    input: ({ personId, entitlement }) => ({ personId, assign: [entitlement.id] }),
    expected: keepers('yes', 'not-found'),
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
  'session.list': { input: () => ({ current: randomUUID() }), expected: peopleOnly },
  'session.end': { input: () => ({ session: randomUUID() }), expected: { ...peopleOnly, ...notTheirs } },
  'session.end-others': { input: () => ({ current: randomUUID() }), expected: peopleOnly },
};

/** Operations of the command line: nobody else may perform them, whatever they name. Their own tests show that the operator can. */
export const OPERATOR_ONLY = [
  ...[
    'vendor.init',
    'vendor.export',
    'key.list',
    'key.rotate',
    'product.create',
    'product.list',
    'offering.create',
    'offering.list',
  ],
  ...['customer.create', 'customer.list', 'user.create', 'user.list', 'user.find', 'entitlement.create'],
  ...['entitlement.assign', 'code.create', 'code.withdraw', 'code.list'],
];
