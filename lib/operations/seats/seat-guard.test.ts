import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropSeatLimit, removeReplayGuard, removeSeatGuard } from '@/db/testing/seat-guard';
import { commit, commitAtOnce, submit, tally } from '../testing/at-once';
import { checkInvariants } from '../testing/check-invariants';
import { standingOf } from '../testing/exchange';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';

// Each test removes one guard from its own database and shows what the races would find without it.

let portal: TestPortal;

beforeEach(async () => {
  portal = await makeTestPortal({ connections: 20 });
});

afterEach(() => portal.close());

async function raceForTenSeats(count: number) {
  const customer = await makeCustomer(portal);
  const entitlement = await makeEntitlement(portal, customer, { seats: 10 });
  const devices = await Promise.all(Array.from({ length: count }, () => makeDevice(portal, entitlement)));
  const files = await Promise.all(devices.map((device) => device.request()));
  const outcomes = await Promise.allSettled(
    (await Promise.all(files.map((file) => submit(portal.contextFor(customer.member), file)))).map((submissionId) =>
      commit(portal.contextFor(customer.member), submissionId),
    ),
  );
  return { outcomes, standing: await standingOf(portal, entitlement.id) };
}

it('without the guard and without the constraint, more devices than there are seats win, and the check says so', async () => {
  await removeSeatGuard(portal.ownerUrl);
  await dropSeatLimit(portal.ownerUrl);
  const { standing } = await raceForTenSeats(200);
  expect(standing.counted).toBeGreaterThan(10);
  expect(await checkInvariants(portal)).toContainEqual(
    expect.stringMatching(/^expected that no more seats are held than there are/),
  );
});

it('without the guard, the constraint alone lets ten win', async () => {
  await removeSeatGuard(portal.ownerUrl);
  const { outcomes, standing } = await raceForTenSeats(200);
  expect(standing).toEqual({ held: 10, counted: 10, states: { active: 10 } });
  expect(outcomes.filter((outcome) => outcome.status === 'rejected').length).toBeGreaterThan(0);
  expect(await checkInvariants(portal)).toEqual([]);
});

it('without the constraint, the guard alone lets ten win', async () => {
  await dropSeatLimit(portal.ownerUrl);
  const { standing } = await raceForTenSeats(200);
  expect(standing).toEqual({ held: 10, counted: 10, states: { active: 10 } });
  expect(await checkInvariants(portal)).toEqual([]);
});

it('without what tells a request answered before, the sequence of leases alone still lets one answer through', async () => {
  await removeReplayGuard(portal.ownerUrl);
  const customer = await makeCustomer(portal);
  const [entitlement, context] = [await makeEntitlement(portal, customer), portal.contextFor(customer.member)];
  const device = await makeDevice(portal, entitlement);
  await commitAtOnce(context, [await device.request()]);
  const file = await device.request();
  const outcomes = await commitAtOnce(
    context,
    Array.from({ length: 10 }, () => file),
  );
  expect(tally(outcomes)).toEqual({ done: 1, repeated: 9 });
  expect(await checkInvariants(portal)).toEqual([]);
  await portal.db.execute(sql`insert into exchanges (at, actor, via, kind, outcome, request_key, reply)
    select at, actor, via, kind, outcome, request_key, reply from exchanges where outcome = 'renewed'`);
  expect(await checkInvariants(portal)).toContainEqual(expect.stringMatching(/^expected that a request is answered once/));
});

it('the check tells a counter that is wrong, a hole in the leases and a second audit row', async () => {
  const customer = await makeCustomer(portal);
  const [entitlement, context] = [await makeEntitlement(portal, customer), portal.contextFor(customer.member)];
  const [answer] = await commitAtOnce(context, [await (await makeDevice(portal, entitlement)).request()]);
  expect(await checkInvariants(portal)).toEqual([]);
  await portal.db.execute(sql`update entitlements set seats_held = 2 where id = ${entitlement.id}`);
  await portal.db.execute(sql`update activations set lease_sequence = 3 where entitlement_id = ${entitlement.id}`);
  await portal.db.execute(sql`insert into audit_entries (at, actor, role, action, exchange_id)
    values (now(), 'nobody', 'member', 'seat.taken', ${answer?.exchangeId ?? null}::uuid)`);
  expect((await checkInvariants(portal)).map((line) => line.replace(/; found .*/, ''))).toEqual([
    'expected that the counter of seats is the number of activations that hold one',
    'expected that the leases of an activation are numbered from 1 without holes, and the last one is the current one',
    'expected that every answer has one audit row',
  ]);
});
