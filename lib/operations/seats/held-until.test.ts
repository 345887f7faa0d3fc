import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activationOf, exchange, standingOf } from '../testing/exchange';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';

let portal: TestPortal;
let customer: TestCustomer;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const as = (now?: Date) => portal.contextFor(customer.member, now);

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
});

afterAll(() => portal.close());

/** Leases of an entitlement that a device may still run on, without devices that proved their deactivation. */
async function runningDevices(entitlementId: string, at: Date): Promise<number> {
  const rows = await portal.db.execute<{ n: number }>(sql`
    select count(distinct a.device_id)::integer as n from leases l join activations a on a.id = l.activation_id
    where a.entitlement_id = ${entitlementId} and coalesce(l.grace_ends_at, l.ends_at) > ${at.toISOString()}::timestamptz
      and a.release_kind is distinct from 'deactivated'`);
  return rows[0]?.n ?? 0;
}

describe('a seat', () => {
  it('is held until the longest of its leases has run out, not the newest', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1 });
    const [device, other] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
    await exchange(as(), await device.request());
    expect((await exchange(as(), await device.request({ requestedLease: 'PT1S' }))).code).toBe('done');
    expect((await exchange(as(inDays(2)), await other.request())).code).toBe('no-seat-free');
    expect(await runningDevices(entitlement.id, inDays(2))).toBe(1);
    expect((await exchange(as(inDays(91)), await other.request())).code).toBe('done');
    expect(await runningDevices(entitlement.id, inDays(91))).toBe(1);
  });
});

describe('what a device reports', () => {
  it('counts only for features that are sold by count, and never so high that it cannot be read', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    for (const usage of [{ pages: 1_000_000_000_000, seconds: 5 }, { pages: 1_000_000_000_000 }]) {
      const device = await makeDevice(portal, entitlement);
      const activationId = await activationOf(portal, await exchange(as(), await device.request()));
      expect((await exchange(as(), await device.proof(activationId, { usage }))).code).toBe('done');
    }
    const used = await portal.db.execute(
      sql`select feature, used::text from entitlement_usage where entitlement_id = ${entitlement.id}`,
    );
    expect(used).toEqual([{ feature: 'pages', used: '2000000000000' }]);
  });

  it('may name a clock in the year 9999', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    expect((await exchange(as(), await device.request({ issuedAt: new Date('9999-12-31T00:00:00Z') }))).code).toBe('done');
  });

  it('may be the fingerprint of another device it was moved to', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const [one, other] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
    await exchange(as(), await one.request());
    await exchange(as(), await other.request());
    const { components } = other;
    const device = {
      name: 'Moved',
      platform: 'linux',
      hostname: null,
      appVersion: null,
      fingerprint: { version: 1, components },
    };
    expect((await exchange(as(), await one.request({ device }))).code).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 2, replaced: 1 } });
  });
});

describe('a device that comes back', () => {
  const cameBack = async (activationId: string) => {
    const rows = await portal.db.execute<{ back: boolean }>(
      sql`select came_back_at is not null as back from activations where id = ${activationId}`,
    );
    return rows[0]?.back;
  };

  it('after its proof is flagged by anything new it signs, and not by the same files again', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const request = await device.request();
    const activationId = await activationOf(portal, await exchange(as(), request));
    const proof = await device.proof(activationId);
    await exchange(as(), proof);
    expect((await exchange(as(), request)).code).toBe('activation-returned');
    expect((await exchange(as(), proof)).code).toBe('repeated');
    expect(await cameBack(activationId)).toBe(false);
    expect((await exchange(as(), await device.request())).code).toBe('activation-returned');
    expect(await cameBack(activationId)).toBe(true);
  });

  it('is flagged by a second proof as well', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const activationId = await activationOf(portal, await exchange(as(), await device.request()));
    await exchange(as(), await device.proof(activationId));
    expect((await exchange(as(), await device.proof(activationId))).code).toBe('activation-returned');
    expect(await cameBack(activationId)).toBe(true);
  });
});
