import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perform } from '../operation';
import { listSeats } from '../seats/list-seats';
import { releaseSeat } from '../seats/release-seat';
import { cloneActivations } from '../testing/clone-activations';
import { activationOf, exchange } from '../testing/exchange';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import type { LeaseListed } from './list-leases';
import { listLeases } from './list-leases';

const DAY_MS = 86_400_000;

let portal: TestPortal;
let now: Date;

beforeAll(async () => {
  portal = await makeTestPortal();
  now = new Date();
});

afterAll(() => portal.close());

async function activate(customer: TestCustomer, entitlement: { id: string; code: string }, name: string): Promise<string> {
  const device = await makeDevice(portal, { ...entitlement, name });
  return activationOf(portal, await exchange(portal.contextFor(customer.admin), await device.request()));
}

/** Moves the end of a lease to a number of days from now. */
async function endIn(activationId: string, days: number, graceDays = 0): Promise<void> {
  const endsAt = new Date(now.getTime() + days * DAY_MS).toISOString();
  const graceEndsAt = graceDays === 0 ? null : new Date(now.getTime() + (days + graceDays) * DAY_MS).toISOString();
  await portal.db.execute(sql`update activations set lease_starts_at = ${endsAt}::timestamptz - interval '90 days',
    lease_ends_at = ${endsAt}::timestamptz, grace_ends_at = ${graceEndsAt}::timestamptz,
    runs_out_at = coalesce(${graceEndsAt}::timestamptz, ${endsAt}::timestamptz) where id = ${activationId}::uuid`);
}

/** A customer with a device for each of these days. */
async function customerWith(days: readonly number[], graceDays = 0) {
  const customer = await makeCustomer(portal);
  const entitlement = await makeEntitlement(portal, customer, {
    seats: 20,
    gracePeriod: graceDays === 0 ? null : `P${graceDays}D`,
  });
  for (const day of days) await endIn(await activate(customer, entitlement, `Ends ${day}`), day, graceDays);
  return { customer, entitlement };
}

async function listed(customer: TestCustomer, window: string): Promise<readonly LeaseListed[]> {
  return (await done(listLeases, { window }, portal.contextFor(customer.member, now))).rows;
}

const namesOf = (rows: readonly LeaseListed[]) => rows.map(({ deviceName }) => deviceName);

describe('leases', () => {
  it('are listed soonest end first, by how soon; those that ended newest first', async () => {
    const { customer } = await customerWith([60, -40, 3, 200, -2, 20]);
    const windows = ['running', '7', '30', '90', 'ended', 'all', 'nonsense'];
    const found = Object.fromEntries(
      await Promise.all(windows.map(async (window) => [window, namesOf(await listed(customer, window))] as const)),
    );
    const running = ['Ends 3', 'Ends 20', 'Ends 60', 'Ends 200'];
    expect(found).toEqual({
      running,
      '7': ['Ends 3'],
      '30': ['Ends 3', 'Ends 20'],
      '90': ['Ends 3', 'Ends 20', 'Ends 60'],
      ended: ['Ends -2', 'Ends -40'],
      all: ['Ends -40', 'Ends -2', ...running],
      nonsense: running,
    });
  });

  it('of seats that are given up are left out', async () => {
    const customer = await makeCustomer(portal);
    const entitlement = await makeEntitlement(portal, customer);
    const [kept, released] = [await activate(customer, entitlement, 'Kept'), await activate(customer, entitlement, 'Released')];
    await done(releaseSeat, { activationId: released, reason: 'lost' }, portal.contextFor(customer.admin));
    expect((await listed(customer, 'all')).map(({ id }) => id)).toEqual([kept]);
  });

  it('tell whether the device would get a new file, and if not, why', async () => {
    const { customer, entitlement } = await customerWith([10, -5]);
    expect((await listed(customer, 'all')).map(({ refusal }) => refusal)).toEqual([null, null]);
    await portal.db.execute(
      sql`update activations set state = 'lease_expired' where entitlement_id = ${entitlement.id} and runs_out_at < now()`,
    );
    await portal.db.execute(sql`update entitlements set seats = 1, seats_held = 1 where id = ${entitlement.id}`);
    const full = { code: 'no-seat-free', facts: { seats: 1, held: 1 } };
    expect((await listed(customer, 'all')).map(({ refusal }) => refusal)).toEqual([full, null]);
    await portal.db.execute(sql`update entitlements set disabled_at = now() where id = ${entitlement.id}`);
    expect((await listed(customer, 'all')).map(({ refusal }) => refusal?.code)).toEqual([
      'entitlement-disabled',
      'entitlement-disabled',
    ]);
  });

  it('that ended run on in their grace, and say until when', async () => {
    const { customer } = await customerWith([-2], 7);
    const [row] = await listed(customer, 'ended');
    expect(row?.graceEndsAt).toEqual(new Date(now.getTime() + 5 * DAY_MS));
    expect(row?.refusal).toBeNull();
  });

  it('are counted while they have ended, up to a hundred', async () => {
    const { customer, entitlement } = await customerWith([-3]);
    const ended = async () => (await done(listLeases, {}, portal.contextFor(customer.member, now))).ended;
    expect(await ended()).toBe(1);
    const rows = await portal.db.execute<{ id: string }>(
      sql`select id from activations where entitlement_id = ${entitlement.id}`,
    );
    await portal.db.execute(sql`update entitlements set seats = 500 where id = ${entitlement.id}`);
    await cloneActivations(portal, rows[0]?.id ?? '', 99);
    expect(await ended()).toBeNull();
  });

  it.each(['running', 'ended'])('%s are each on one page of many', async (window) => {
    const { customer, entitlement } = await customerWith([window === 'ended' ? -9 : 9]);
    const rows = await portal.db.execute<{ id: string }>(
      sql`select id from activations where entitlement_id = ${entitlement.id}`,
    );
    await portal.db.execute(sql`update entitlements set seats = 500 where id = ${entitlement.id}`);
    await cloneActivations(portal, rows[0]?.id ?? '', 119);
    const context = portal.contextFor(customer.admin, now);
    const seen: string[] = [];
    const sizes: number[] = [];
    let after: string | null = null;
    do {
      const page: { rows: readonly LeaseListed[]; next: string | null } = await done(listLeases, { window, after }, context);
      seen.push(...page.rows.map(({ id }) => id));
      sizes.push(page.rows.length);
      after = page.next;
    } while (after !== null);
    expect(sizes).toEqual([50, 50, 20]);
    expect(new Set(seen).size).toBe(120);
  });
});

describe('the seats of an entitlement', () => {
  it('are listed with how many devices have a running lease', async () => {
    const { customer, entitlement } = await customerWith([10, 20, -5]);
    const { rows, active } = await done(listSeats, { entitlementId: entitlement.id }, portal.contextFor(customer.member, now));
    expect([rows.length, active]).toEqual([3, 2]);
  });

  it('are not there for another customer', async () => {
    const { entitlement } = await customerWith([]);
    const other = await makeCustomer(portal);
    const result = await perform(listSeats, { entitlementId: entitlement.id }, portal.contextFor(other.admin));
    expect(result).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
  });
});
