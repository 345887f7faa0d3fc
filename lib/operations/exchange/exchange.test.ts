import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueRefresh } from '../leases/issue-refresh';
import { perform } from '../operation';
import { releaseSeat } from '../seats/release-seat';
import { activationOf, exchange, replyOf, standingOf } from '../testing/exchange';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { previewFile } from './preview-file';
import { submitFile } from './submit-file';

let portal: TestPortal;
let customer: TestCustomer;
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const as = (actor = customer.member, now?: Date) => portal.contextFor(actor, now);

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
});

afterAll(() => portal.close());

describe('an activation request', () => {
  it('changes nothing until it is committed, and then takes one seat', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const neighbour = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const bytes = new TextEncoder().encode(await device.request());
    const submitted = await perform(submitFile, { fileName: 'a.activation-request', bytes }, as());
    expect(submitted).toMatchObject({ ok: true, value: { rejection: null } });
    const submissionId = submitted.ok ? submitted.value.submissionId : '';
    const preview = await perform(previewFile, { submissionId }, as());
    expect(preview).toMatchObject({ ok: true, value: { preview: { outcome: 'grant', takesSeat: true } } });
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 0, counted: 0, states: {} });

    expect((await exchange(as(), await device.request())).code).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
    expect(await standingOf(portal, neighbour.id)).toEqual({ held: 0, counted: 0, states: {} });
  });

  it('gets the same bytes for the same file, and no second seat', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const file = await device.request();
    const first = await exchange(as(), file);
    const second = await exchange(as(), `Forwarded:\r\n> ${file.trim().split('\n').join('\r\n> ')}\r\n`);
    expect(second.code).toBe('repeated');
    expect(second.exchangeId).toBe(first.exchangeId);
    expect(await replyOf(as(), second)).toBe(await replyOf(as(), first));
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('that is newer gets a new answer on the same seat; the older one keeps its own', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1 });
    const device = await makeDevice(portal, entitlement);
    const [older, newer] = [await device.request(), await device.request()];
    const first = await exchange(as(), older);
    const second = await exchange(as(), newer);
    expect(second.code).toBe('done');
    expect(await replyOf(as(), second)).not.toBe(await replyOf(as(), first));
    expect(await activationOf(portal, second)).toBe(await activationOf(portal, first));
    expect((await exchange(as(), older)).exchangeId).toBe(first.exchangeId);
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('with a used id and other content is refused', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const requestId = randomUUID();
    expect((await exchange(as(), await device.request({ requestId }))).code).toBe('done');
    expect((await exchange(as(), await device.request({ requestId, requestedLease: 'P1D' }))).code).toBe('request-id-reused');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('of a machine that was set up anew takes over its seat, also after a part changed', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1, releaseRoles: ['member'] });
    const device = await makeDevice(portal, entitlement);
    await exchange(as(), await device.request());
    const anew = await device.setUpAnew({ ...device.components, mac: 'A'.repeat(43) });
    expect((await exchange(as(), await anew.request())).code).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, replaced: 1 } });
    const machines = await portal.db.execute(
      sql`select distinct device_id from activations where entitlement_id = ${entitlement.id}`,
    );
    expect(machines).toHaveLength(1);
    expect((await exchange(as(), await device.request())).code).toBe('activation-replaced');
  });

  it('is refused when no seat is free, names who holds them, and goes through after one came free', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1 });
    const [one, other] = [await makeDevice(portal, { ...entitlement, name: 'Old press' }), await makeDevice(portal, entitlement)];
    const held = await exchange(as(), await one.request());
    const file = await other.request();
    const refused = await exchange(as(), file);
    expect(refused.code).toBe('no-seat-free');
    const preview = await perform(previewFile, { submissionId: refused.submissionId }, as());
    expect(preview).toMatchObject({
      ok: true,
      value: { rejection: { code: 'no-seat-free' }, holders: [{ deviceName: 'Old press' }], admins: [{ name: 'admin' }] },
    });
    expect((await exchange(as(), await one.proof(await activationOf(portal, held)))).code).toBe('done');
    expect((await exchange(as(), file)).code).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, released: 1 } });
  });

  it('starts the term of an entitlement that waits for its first activation', async () => {
    const terms = { startRule: 'on-first-activation', startsAt: null, termEndsAt: null, termLength: 'P30D' } as const;
    const entitlement = await makeEntitlement(portal, customer, terms);
    const now = new Date('2026-05-01T10:00:00.000Z');
    const [one, other] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
    const files = await Promise.all([one.request(), other.request()]);
    const outcomes = await Promise.all(files.map((file) => exchange(as(customer.member, now), file)));
    expect(outcomes.map(({ code }) => code)).toEqual(['done', 'done']);
    const rows = await portal.db.execute<{ term: string }>(
      sql`select to_jsonb(term_ends_at) as term from entitlements where id = ${entitlement.id}`,
    );
    expect(new Date(rows[0]?.term ?? 0)).toEqual(new Date('2026-05-31T10:00:00Z'));
  });
});

describe('a deactivation proof', () => {
  it('frees the seat at once, and once', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const request = await device.request();
    const activationId = await activationOf(portal, await exchange(as(), request));
    const proof = await device.proof(activationId, { usage: { pages: 7 } });
    const returned = await exchange(as(), proof);
    expect(returned.code).toBe('done');
    expect((await exchange(as(), proof)).exchangeId).toBe(returned.exchangeId);
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
    const used = await portal.db.execute(
      sql`select used::integer from entitlement_usage where entitlement_id = ${entitlement.id}`,
    );
    expect(used).toEqual([{ used: 7 }]);
    expect((await exchange(as(), await device.proof(activationId))).code).toBe('activation-returned');
    expect((await exchange(as(), request)).code).toBe('activation-returned');
    expect((await exchange(as(), await device.request())).code).toBe('activation-returned');
  });

  it('of another device is refused and frees nothing', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const [one, other] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
    const activationId = await activationOf(portal, await exchange(as(), await one.request()));
    await exchange(as(), await other.request());
    expect((await exchange(as(), await other.proof(activationId))).code).toBe('proof-of-another-device');
    const unseen = await makeDevice(portal, entitlement);
    expect((await exchange(as(), await unseen.proof(activationId))).code).toBe('activation-unknown');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 2 } });
  });
});

describe('a release without proof', () => {
  const release = (activationId: string, now?: Date) =>
    perform(releaseSeat, { activationId, reason: 'lost' }, as(customer.admin, now));

  it('holds the seat until the last lease has run out', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1, gracePeriod: 'P10D' });
    const [device, other] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
    const activationId = await activationOf(portal, await exchange(as(), await device.request()));
    expect(await release(activationId)).toMatchObject({ ok: true, value: { heldUntil: expect.any(Date) } });
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { releasing: 1 } });
    expect((await exchange(as(customer.member, inDays(99)), await other.request())).code).toBe('no-seat-free');
    expect((await exchange(as(customer.member, inDays(101)), await other.request())).code).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, released: 1 } });
    expect(await release(activationId)).toMatchObject({ ok: false, rejection: { code: 'activation-released' } });
  });

  it('flags a device that comes back, and still takes its proof while the seat is held', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const activationId = await activationOf(portal, await exchange(as(), await device.request()));
    await release(activationId);
    expect(await release(activationId)).toMatchObject({ ok: false, rejection: { code: 'lease-still-running' } });
    expect((await exchange(as(), await device.request())).code).toBe('activation-released');
    const rows = await portal.db.execute(
      sql`select came_back_at is not null as back from activations where id = ${activationId}`,
    );
    expect(rows).toEqual([{ back: true }]);
    expect((await exchange(as(), await device.proof(activationId))).code).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
  });

  it('frees the seat at once where the vendor allows it', async () => {
    const entitlement = await makeEntitlement(portal, customer, { releaseRule: 'at-once' });
    const device = await makeDevice(portal, entitlement);
    const activationId = await activationOf(portal, await exchange(as(), await device.request()));
    expect(await release(activationId)).toMatchObject({ ok: true, value: { heldUntil: null } });
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
    expect((await exchange(as(), await device.proof(activationId))).code).toBe('activation-released');
  });
});

describe('a lease', () => {
  const refresh = (activationId: string, now?: Date) => perform(issueRefresh, { activationId }, as(customer.member, now));

  it('is refreshed before it ends, on the same seat', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1 });
    const device = await makeDevice(portal, entitlement);
    const activationId = await activationOf(portal, await exchange(as(), await device.request()));
    expect(await refresh(activationId, inDays(60))).toMatchObject({ ok: true });
    const leases = await portal.db.execute(sql`select sequence from leases where activation_id = ${activationId} order by 1`);
    expect(leases).toEqual([{ sequence: 1 }, { sequence: 2 }]);
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('that ran out frees its seat for others; the device has first claim while one is free', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1 });
    const [device, other] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
    const activationId = await activationOf(portal, await exchange(as(), await device.request()));
    expect(await refresh(activationId, inDays(91))).toMatchObject({ ok: true });
    expect((await exchange(as(customer.member, inDays(182)), await other.request())).code).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, lease_expired: 1 } });
    expect(await refresh(activationId, inDays(183))).toMatchObject({ ok: false, rejection: { code: 'no-seat-free' } });
    expect(await refresh(activationId, inDays(273))).toMatchObject({ ok: true });
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, lease_expired: 1 } });
  });
});
