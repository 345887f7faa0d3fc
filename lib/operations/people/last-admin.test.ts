import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holdLock } from '@/db/testing/hold-lock';
import { rewriteFunction } from '@/db/testing/rewrite-function';
import type { Actor } from '../actor';
import { userIdOf } from '../actor';
import type { Operation } from '../operation';
import { perform } from '../operation';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeMember, makeSupport } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { assignPerson } from './assign-person';
import { changeRole, removePerson } from './change-person';

let portal: TestPortal;
let support: Actor;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
  support = await makeSupport(portal);
});

afterAll(() => portal.close());

interface Pair extends TestCustomer {
  readonly first: Actor;
  readonly second: Actor;
}

const idOf = (actor: Actor) => userIdOf(actor) ?? '';

/** A customer with two administrators. */
async function makePair(): Promise<Pair> {
  const customer = await makeCustomer(portal);
  const userId = await makeMember(portal, customer, 'customer_admin');
  return {
    ...customer,
    first: customer.admin,
    second: { role: 'customer_admin', userId, customerId: customer.id, label: 'second' },
  };
}

async function tell<Input, Value>(operation: Operation<Input, Value>, input: unknown, actor: Actor): Promise<string> {
  const result = await perform(operation, input, portal.contextFor(actor));
  return result.ok ? 'done' : result.rejection.code;
}

const demote = (actor: Actor, whom: Actor) => tell(changeRole, { personId: idOf(whom), role: 'member' }, actor);
const remove = (actor: Actor, whom: Actor) => tell(removePerson, { personId: idOf(whom) }, actor);

async function adminsOf(customer: TestCustomer): Promise<number> {
  const rows = await portal.db.execute<{ count: number }>(
    sql`select count(*)::integer as count from users where customer_id = ${customer.id} and role = 'customer_admin' and disabled_at is null`,
  );
  return rows[0]?.count ?? 0;
}

/** Both have decided on what they read when they wait for the customer's row. */
async function together(customer: TestCustomer, acts: readonly (() => Promise<string>)[]): Promise<string[]> {
  const held = await holdLock(portal.ownerUrl, `select from customers where id = '${customer.id}' for update`);
  const running = acts.map((act) => act());
  await held.waiting(acts.length);
  await held.letGo();
  return (await Promise.all(running)).toSorted();
}

it('two administrators who demote each other at once: one does, the other is no administrator any more', async () => {
  const pair = await makePair();
  const acts = [() => demote(pair.first, pair.second), () => demote(pair.second, pair.first)];
  expect(await together(pair, acts)).toEqual(['done', 'not-allowed']);
  expect(await adminsOf(pair)).toBe(1);
});

it('two administrators who remove each other at once: one stays', async () => {
  const pair = await makePair();
  const acts = [() => remove(pair.first, pair.second), () => remove(pair.second, pair.first)];
  expect(await together(pair, acts)).toEqual(['done', 'not-allowed']);
  expect(await adminsOf(pair)).toBe(1);
});

it('support that takes both administrators away at once is told that one has to stay', async () => {
  const pair = await makePair();
  const acts = [() => remove(support, pair.first), () => demote(support, pair.second)];
  expect(await together(pair, acts)).toEqual(['done', 'last-admin']);
  expect(await adminsOf(pair)).toBe(1);
});

it('two administrators who both leave at once: one stays', async () => {
  const pair = await makePair();
  const acts = [() => remove(pair.first, pair.first), () => remove(pair.second, pair.second)];
  expect(await together(pair, acts)).toEqual(['done', 'last-admin']);
  expect(await adminsOf(pair)).toBe(1);
});

it('somebody who is removed while something is assigned to them ends with nothing', async () => {
  const customer = await makeCustomer(portal);
  const entitlement = await makeEntitlement(portal, customer);
  const personId = await makeMember(portal, customer);
  const held = await holdLock(portal.ownerUrl, `select from users where id = '${personId}' for update`);
  const removed = tell(removePerson, { personId }, customer.admin);
  await held.waiting(1);
  const assigned = tell(assignPerson, { personId, assign: [entitlement.id] }, customer.admin);
  await held.waiting(2);
  await held.letGo();
  expect([await removed, await assigned]).toEqual(['done', 'not-found']);
  const rows = await portal.db.execute(sql`select from entitlement_assignments where user_id = ${personId}`);
  expect(rows).toHaveLength(0);
});

it('without the guard in the statement, support at once leaves a customer without an administrator', async () => {
  const unguarded = await makeTestPortal({ connections: 8 });
  await portal.close();
  portal = unguarded;
  support = await makeSupport(portal);
  await rewriteFunction(portal.ownerUrl, {
    name: 'commit_person(jsonb)',
    found: /return 'stale'; (end if; -- guard)/,
    instead: '$1',
  });
  const pair = await makePair();
  const acts = [() => remove(support, pair.first), () => demote(support, pair.second)];
  expect(await together(pair, acts)).toEqual(['done', 'done']);
  expect(await adminsOf(pair)).toBe(0);
});
