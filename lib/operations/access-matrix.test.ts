import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from './actor';
import type { OperationContext } from './context';
import { definedOperations, perform } from './operation';
import type { Expected, Who } from './testing/access-expectations';
import {
  everybody,
  guests,
  keepers,
  notTheirs,
  operatorOnly,
  peopleOnly,
  releasers,
  scoped,
  WHO,
} from './testing/access-expectations';
import type { Outcome } from './testing/exchange';
import { activationOf, exchange, standingOf } from './testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest, submitAsGuest } from './testing/guest';
import type { TestCustomer, TestEntitlement } from './testing/test-customer';
import { makeCustomer, makeEntitlement, makeMember, makeSupport, OPERATOR } from './testing/test-customer';
import type { TestDevice } from './testing/test-device';
import { makeDevice } from './testing/test-device';
import type { TestPortal } from './testing/test-portal';
import { makeTestPortal } from './testing/test-portal';

/** A seat that somebody else made, for one attempt. */
interface Subject {
  readonly entitlement: TestEntitlement;
  readonly device: TestDevice;
  readonly activationId: string;
  readonly deviceId: string;
  readonly answered: Outcome;
  /** A file of a second machine that its owner handed in and did not answer. */
  readonly submissionId: string;
  /** A colleague who has nothing assigned. */
  readonly personId: string;
}

interface Row {
  readonly input: (subject: Subject) => unknown | Promise<unknown>;
  readonly expected: Expected;
  /** For lists: how many rows of the subject are in the answer. */
  readonly count?: (value: unknown, subject: Subject) => number;
}

const has = (text: (subject: Subject) => string) => (value: unknown, subject: Subject) =>
  JSON.stringify(value).includes(text(subject)) ? 1 : 0;
const exchangeInput = (subject: Subject) => ({ exchangeId: subject.answered.exchangeId });
const nothing = () => ({});
const guestInput = async ({ device }: Subject) => ({
  submissionId: (await submitAsGuest(portal.contextFor(guest), await device.request())).submissionId,
});
const answeredGuestInput = async ({ device }: Subject) => ({
  submissionId: (await exchangeAsGuest(portal.contextFor(guest), await device.request())).submissionId,
});

const MATRIX: Record<string, Row> = {
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
    input: () => ({ email: `${randomUUID()}@example.com`, name: 'New', role: 'member', customer: own.code }),
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
  'session.list': { input: () => ({ current: randomUUID() }), expected: peopleOnly },
  'session.end': { input: () => ({ session: randomUUID() }), expected: { ...peopleOnly, ...notTheirs } },
  'session.end-others': { input: () => ({ current: randomUUID() }), expected: peopleOnly },
  'guest.offered': { input: nothing, expected: guests('yes', 'yes') },
  'guest.submit': {
    input: async ({ device }) => ({ fileName: null, bytes: new TextEncoder().encode(await device.request()) }),
    expected: guests('yes', 'yes'),
  },
  'guest.preview': { input: guestInput, expected: guests('yes', 'not-found') },
  'guest.commit': { input: guestInput, expected: guests('yes', 'not-found') },
  'guest.download': { input: answeredGuestInput, expected: guests('yes', 'not-found') },
};

/** Operations of the command line: nobody else may perform them, whatever they name. Their own tests show that the operator can. */
const OPERATOR_ONLY = [
  ...[
    'vendor.init',
    'vendor.export',
    'key.list',
    'key.rotate',
    'product.create',
    'product.set',
    'product.list',
    'offering.create',
    'offering.list',
  ],
  ...['customer.create', 'customer.list', 'user.create', 'user.list', 'user.find', 'entitlement.create', 'entitlement.disable'],
  ...['entitlement.enable', 'entitlement.assign', 'code.create', 'code.withdraw', 'code.list'],
];

let portal: TestPortal;
let own: TestCustomer;
let actors: Record<Who, Actor | null>;
const guest = makeGuest();

beforeAll(async () => {
  for (const file of readdirSync(import.meta.dirname)) {
    if (file.endsWith('.ts') && !file.endsWith('.test.ts')) await import(/* @vite-ignore */ `${import.meta.dirname}/${file}`);
  }
  portal = await makeTestPortal();
  await allowGuests(portal);
  own = await makeCustomer(portal);
  const other = await makeCustomer(portal, 'Southgate Works');
  actors = {
    'signed out': null,
    member: own.member,
    'unassigned member': own.stranger,
    admin: own.admin,
    support: await makeSupport(portal),
    operator: OPERATOR,
    'other member': other.member,
    'other admin': other.admin,
    guest,
    'other guest': makeGuest(),
  };
});

afterAll(() => portal.close());

async function makeSubject(): Promise<Subject> {
  const context = portal.contextFor(own.member);
  const entitlement = await makeEntitlement(portal, own);
  const device = await makeDevice(portal, entitlement);
  const answered = await exchange(context, await device.request());
  const activationId = await activationOf(portal, answered);
  const second = await makeDevice(portal, entitlement);
  const waiting = await perform(submit(), { fileName: null, bytes: new TextEncoder().encode(await second.request()) }, context);
  const rows = await portal.db.execute<{ id: string }>(sql`select device_id as id from activations where id = ${activationId}`);
  const submissionId = waiting.ok && isSubmitted(waiting.value) ? waiting.value.submissionId : '';
  const personId = await makeMember(portal, own);
  return { entitlement, device, activationId, deviceId: rows[0]?.id ?? '', answered, submissionId, personId };
}

function isSubmitted(value: unknown): value is { submissionId: string } {
  return typeof value === 'object' && value !== null && 'submissionId' in value;
}

const named = (name: string) => {
  const operation = definedOperations().find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`expected an operation ${name}, found none`);
  return operation;
};
const submit = () => named('exchange.submit');

async function attempt(name: string, row: Row, context: OperationContext): Promise<string> {
  const subject = await makeSubject();
  const before = await standingOf(portal, subject.entitlement.id);
  const result = await perform(named(name), await row.input(subject), context);
  if (!result.ok) expect(await standingOf(portal, subject.entitlement.id)).toEqual(before);
  if (!result.ok) return result.rejection.code;
  return row.count === undefined ? 'yes' : String(row.count(result.value, subject));
}

describe('the access matrix', () => {
  it('has a row for every operation, and no row without one', () => {
    const names = definedOperations().map(({ name }) => name);
    expect([...names].sort()).toEqual([...Object.keys(MATRIX), ...OPERATOR_ONLY].sort());
    expect(new Set(names).size).toBe(names.length);
  });

  const rows = Object.entries(MATRIX).flatMap(([name, row]) => WHO.map((who) => [name, who, row.expected[who], row] as const));
  it.each(rows)('%s by %s: %s', async (name, who, expected, row) => {
    const answer = await attempt(name, row, portal.contextFor(actors[who]));
    expect(row.count !== undefined && expected === 'yes' ? 'yes' : answer).toBe(expected);
  });

  it('lets only those use a code whose entitlement they may use', async () => {
    const row = MATRIX['exchange.submit'];
    if (row === undefined) throw new Error('expected a row for exchange.submit, found none');
    const seen: Partial<Record<Who, string>> = {};
    for (const who of WHO) seen[who] = await attempt('exchange.submit', row, portal.contextFor(actors[who]));
    expect(seen).toEqual(scoped('1', '0'));
  });

  const refused = OPERATOR_ONLY.flatMap((name) => WHO.filter((who) => who !== 'operator').map((who) => [name, who] as const));
  it.each(refused)('%s by %s is refused', async (name, who) => {
    const result = await perform(named(name), {}, portal.contextFor(actors[who]));
    expect(result).toMatchObject({ ok: false, rejection: { code: operatorOnly[who] } });
  });

  it.each(OPERATOR_ONLY)('%s is open to the operator', async (name) => {
    const result = await perform(named(name), { unknown: 'member' }, portal.contextFor(OPERATOR));
    expect(result.ok ? 'yes' : result.rejection.code).not.toBe('not-allowed');
  });

  it.each([
    ['exchange.preview', 'submissionId'],
    ['exchange.commit', 'submissionId'],
    ['exchange.show', 'exchangeId'],
    ['exchange.download', 'exchangeId'],
    ['refresh.issue', 'activationId'],
    ['entitlement.show', 'entitlementId'],
    ['device.show', 'deviceId'],
    ['seat.show', 'activationId'],
    ['person.show', 'personId'],
    ['person.resend', 'personId'],
    ['person.remove', 'personId'],
    ['entitlement.assign-person', 'personId'],
    ['guest.preview', 'submissionId'],
    ['guest.commit', 'submissionId'],
    ['guest.download', 'submissionId'],
  ])('%s answers alike for what is not there', async (name, member) => {
    const context = portal.contextFor(name.startsWith('guest.') ? guest : own.admin);
    const result = await perform(named(name), { [member]: randomUUID() }, context);
    expect(result).toEqual({ ok: false, rejection: { code: 'not-found', facts: {} } });
    const malformed = await perform(named(name), { [member]: "1' or '1'='1" }, context);
    expect(malformed).toMatchObject({ ok: false, rejection: { code: 'input-refused' } });
  });
});
