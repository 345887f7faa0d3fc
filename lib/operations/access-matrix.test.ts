import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabasePool } from '@/db/client';
import { openDatabase } from '@/db/client';
import type { Actor, Role } from './actor';
import { requirePerson, userIdOf } from './actor';
import type { OperationContext } from './context';
import type { Operation } from './operation';
import { perform } from './operation';
import type { Grants, Permission } from './permission';
import { GRANTS, missingRight } from './permission';
import type { Who } from './testing/access/access-expectations';
import { BY_ID, CAREFUL, WHO } from './testing/access/access-expectations';
import type { Row, Subject } from './testing/access/access-rows';
import { GUEST, MATRIX } from './testing/access/access-rows';
import { activationOf, exchange, standingOf } from './testing/exchange';
import { allowGuests, makeGuest } from './testing/guest';
import { listOperations } from './testing/list-operations';
import type { TestCustomer } from './testing/test-customer';
import { makeCustomer, makeEntitlement, makeMember, makeSupport, OPERATOR } from './testing/test-customer';
import { makeDevice } from './testing/test-device';
import type { TestPortal } from './testing/test-portal';
import { makeTestPortal } from './testing/test-portal';
import { makeVisitor } from './testing/visitor';

const PEOPLE = ['member', 'admin', 'support', 'other admin'] as const;

let operations: readonly Operation<unknown, unknown>[];
let portal: TestPortal;
let own: TestCustomer;
let actors: Record<Who, Actor>;
let supportSession: string;
/** A pool whose connections cannot write. */
let reading: DatabasePool;

beforeAll(async () => {
  operations = await listOperations();
  portal = await makeTestPortal();
  await allowGuests(portal);
  own = await makeCustomer(portal);
  const other = await makeCustomer(portal, 'Southgate Works');
  actors = {
    visitor: makeVisitor(),
    member: own.member,
    'unassigned member': own.stranger,
    admin: own.admin,
    support: await makeSupport(portal),
    operator: OPERATOR,
    'other member': other.member,
    'other admin': other.admin,
    guest: GUEST,
    'other guest': makeGuest(),
    application: { role: 'application', label: 'an application', client: 'an address' },
  };
  await allowGuests(portal);
  supportSession = await makeSession(actors.support);
  reading = openDatabase({ url: `${portal.url}?default_transaction_read_only=on`, connections: 2 });
});

afterAll(async () => {
  await reading.close();
  await portal.close();
});

async function makeSession(actor: Actor): Promise<string> {
  const userId = userIdOf(actor) ?? '';
  const rows = await portal.db.execute<{ id: string }>(
    sql`insert into sessions (user_id, expires_at) values (${userId}, now() + interval '1 day') returning id`,
  );
  return rows[0]?.id ?? '';
}

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
  await portal.db.execute(
    sql`insert into second_factors (user_id, secret_sealed, confirmed_at) values (${personId}, 'sealed', now())`,
  );
  const deviceId = rows[0]?.id ?? '';
  const common = { portal, owner: own.member, customerCode: own.code, supportSession };
  return { ...common, entitlement, device, activationId, deviceId, answered, submissionId, personId };
}

function isSubmitted(value: unknown): value is { submissionId: string } {
  return typeof value === 'object' && value !== null && 'submissionId' in value;
}

const named = (name: string) => {
  const operation = operations.find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`expected an operation ${name}, found none`);
  return operation;
};
const submit = () => named('exchange.submit');

/** The refusals for a missing permission, before an operation begins. */
const MISSING_RIGHT = ['not-allowed', 'sign-in-needed'];

/** A subject that the attempts before left unchanged. */
let untouched: Subject | null = null;

async function attempt(name: string, row: Row, context: OperationContext): Promise<string> {
  const subject = untouched ?? (await makeSubject());
  untouched = null;
  const input = row.input(subject);
  const asked = await input;
  const before = await standingOf(portal, subject.entitlement.id);
  const result = await perform(named(name), asked, context);
  if (!result.ok) expect(await standingOf(portal, subject.entitlement.id)).toEqual(before);
  const isRefusedAtOnce = !result.ok && MISSING_RIGHT.includes(result.rejection.code);
  const cannotWrite = named(name).kind === 'query' || context.db === reading.db || isRefusedAtOnce;
  // An input that is a promise may have changed the subject already.
  if (cannotWrite && !(input instanceof Promise)) untouched = subject;
  if (!result.ok) return result.rejection.code;
  return row.count === undefined ? 'yes' : String(row.count(result.value, subject));
}

/** The cells that disagree with the grants: where a permission is missing, `perform` refuses with that alone. */
function disagreeing(grants: Grants): [string, Who][] {
  const cells = Object.entries(MATRIX).flatMap(([name, { expected }]) => WHO.map((who) => ({ name, who, said: expected[who] })));
  return cells
    .filter(({ name, who, said }) => {
      const missing = missingRight(actors[who].role, named(name).permission, grants);
      return missing === null ? MISSING_RIGHT.includes(said) : said !== missing;
    })
    .map(({ name, who }) => [name, who]);
}

describe('the access matrix', () => {
  it('has a row for every operation, and no row without one', () => {
    const names = operations.map(({ name }) => name);
    expect([...names].sort()).toEqual(Object.keys(MATRIX).sort());
    expect(new Set(names).size).toBe(names.length);
  });

  const rows = Object.entries(MATRIX).flatMap(([name, row]) => WHO.map((who) => [name, who, row.expected[who], row] as const));
  it.each(rows)('%s by %s: %s', async (name, who, expected, row) => {
    expect(await attempt(name, row, portal.contextFor(actors[who]))).toBe(expected);
  });

  it('says of each right whether it is there', () => {
    expect(disagreeing(GRANTS)).toEqual([]);
  });

  const rights = Object.entries(GRANTS).flatMap(([permission, roles]) =>
    roles.map((role) => [permission as Permission, role] as const),
  );
  it.each(rights)('sees red when %s is taken from the %s', (permission, role) => {
    const fewer = { ...GRANTS, [permission]: GRANTS[permission].filter((other: Role) => other !== role) };
    const red = disagreeing(fewer);
    expect(red.filter(([, who]) => actors[who].role === role)).not.toEqual([]);
    // Once no role with an account has the permission, signing in does not help a visitor either.
    for (const [name, who] of red) {
      expect(named(name).permission).toBe(permission);
      expect([role, 'visitor']).toContain(actors[who].role);
    }
  });

  it('sees red when an operation asks for a right that its people do not have', async () => {
    const stricter = { ...named('entitlement.list'), permission: 'audit:seal' } as const;
    const result = await perform(stricter, {}, portal.contextFor(own.member));
    expect(result.ok ? 'yes' : result.rejection.code).toBe('not-allowed');
    expect(MATRIX['entitlement.list']?.expected.member).toBe('1');
  });

  /** The impersonated actors, and the refusal of their commands. */
  const viewers = [
    ['member', 'view-only'],
    ['unassigned member', 'view-only'],
    ['admin', 'view-only'],
    ['other admin', 'view-only'],
    ['support', 'view-ended'],
  ] as const;
  const looks = viewers.flatMap(([who, code]) => Object.entries(MATRIX).map(([name, row]) => [name, who, code, row] as const));
  it.each(looks)('%s by support that looks as %s and cannot change anything', async (name, who, code, row) => {
    const actor = requirePerson(actors[who]);
    const { kind, permission } = named(name);
    // The refusal of a command is recorded; queries run where nothing can be written.
    const db = kind === 'command' ? portal.db : reading.db;
    const answer = await attempt(name, row, { ...portal.contextFor({ ...actor, readOnlyReason: code } as Actor), db });
    const expected = kind === 'command' || permission.startsWith('own-') ? code : row.expected[who];
    expect(answer).toBe(expected);
  });

  it('holds for all that belongs to a person alone', () => {
    const own = operations.filter(({ permission }) => permission.startsWith('own-'));
    expect(new Set(own.map(({ name }) => name.split('.')[0]))).toEqual(
      new Set(['session', 'second-factor', 'calendar', 'reminder']),
    );
  });

  const carefulRows = Object.entries(MATRIX).flatMap(([name, row]) =>
    CAREFUL.includes(name) ? PEOPLE.map((who) => [name, who, row] as const) : [],
  );
  it.each(carefulRows)('%s by %s is refused in a browser without a fresh proof', async (name, who, row) => {
    const context: OperationContext = { ...portal.contextFor(actors[who]), via: 'browser' };
    const expected = row.expected[who] === 'not-allowed' ? 'not-allowed' : 'fresh-proof-needed';
    expect(await attempt(name, row, context)).toBe(expected);
    const fresh = { ...context, actor: { ...requirePerson(actors[who]), isFresh: true } as const };
    expect(await attempt(name, row, fresh)).toBe(row.expected[who]);
  });

  it('asks for a fresh proof for all that decides who can sign in, and for nothing else', () => {
    const careful = operations.filter(({ needsFreshProof }) => needsFreshProof !== undefined);
    expect(careful.map(({ name }) => name).sort()).toEqual([...CAREFUL, 'person.invite'].sort());
  });

  it.each([
    ['customer_admin', 'fresh-proof-needed'],
    ['member', 'yes'],
  ])('asks for one to invite a %s: %s', async (role, expected) => {
    const context: OperationContext = { ...portal.contextFor(own.admin), via: 'browser' };
    const result = await perform(named('person.invite'), { email: `${randomUUID()}@example.com`, name: 'New', role }, context);
    expect(result.ok ? 'yes' : result.rejection.code).toBe(expected);
  });

  it('would tell a query that writes: the connections of who only looks are refused it by the database', async () => {
    const { support } = actors;
    const result = perform(
      named('view.start'),
      { personId: randomUUID(), session: supportSession },
      { ...portal.contextFor(support), db: reading.db },
    );
    await expect(result).rejects.toThrow('25006');
  });

  it.each(BY_ID)('%s answers alike for what is not there', async (name, member) => {
    const context = portal.contextFor(name.startsWith('guest.') ? GUEST : own.admin);
    const more = name === 'device.rename' ? { name: 'Press line 8' } : {};
    const result = await perform(named(name), { ...more, [member]: randomUUID() }, context);
    expect(result).toMatchObject({ ok: false, rejection: { code: 'not-found', facts: {} } });
    const malformed = await perform(named(name), { [member]: "1' or '1'='1" }, context);
    expect(malformed).toMatchObject({ ok: false, rejection: { code: 'input-refused' } });
  });
});
