import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDevices } from '../devices/list-devices';
import { showDevice } from '../devices/show-device';
import { showEntitlement } from '../entitlements/show-entitlement';
import { previewFile } from '../exchange/preview-file';
import { submitFile } from '../exchange/submit-file';
import { perform } from '../operation';
import { performOrThrow } from '../perform-or-throw';
import { showInspection } from '../support/show-inspection';
import { activationOf, exchange } from '../testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest, showToGuest, submitAsGuest } from '../testing/guest';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { releaseSeat } from './release-seat';

let portal: TestPortal;
let customer: TestCustomer;
beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  await allowGuests(portal);
});
afterAll(() => portal.close());

const AT_ONCE = { releaseRule: 'at-once', reinstallLimit: 2 } as const;

async function preview(actor: TestCustomer['admin'], file: string) {
  const context = portal.contextFor(actor);
  const bytes = new TextEncoder().encode(file);
  const { submissionId } = await performOrThrow(submitFile, { fileName: 'a.txt', bytes }, context);
  return { submissionId, ...(await performOrThrow(previewFile, { submissionId }, context)) };
}

describe('an entitlement on which more machines may run than hold a seat', () => {
  it('names them, says why, and counts them against its reinstalls, for its customer and for support', async () => {
    const sold = await makeEntitlement(portal, customer, { ...AT_ONCE, seats: 3 });
    const [one, two] = [
      await makeDevice(portal, { ...sold, name: 'Press 4' }),
      await makeDevice(portal, { ...sold, name: 'Bench' }),
    ];
    const admin = portal.contextFor(customer.admin);
    expect((await exchange(admin, await one.request())).code).toBe('done');
    expect((await exchange(admin, await (await one.setUpAnew()).request())).code).toBe('done');
    const activationId = await activationOf(portal, await exchange(admin, await two.request()));
    await performOrThrow(releaseSeat, { activationId, reason: 'lost', note: '' }, admin);

    for (const actor of [customer.admin, customer.member, await makeSupport(portal)]) {
      const shown = await performOrThrow(showEntitlement, { entitlementId: sold.id }, portal.contextFor(actor));
      expect(shown.entitlement.seatsHeld).toBe(1);
      expect(shown.reinstalls).toMatchObject({ times: 2, left: 0, nextAt: expect.any(Date) });
      expect(shown.machines.map(({ device, wasSetUpAnew }) => [device?.name, wasSetUpAnew])).toEqual([
        ['Press 4', true],
        ['Bench', false],
      ]);
    }
    const stranger = await perform(showEntitlement, { entitlementId: sold.id }, portal.contextFor(customer.stranger));
    expect(stranger).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
  });

  it('names none of those that gave their seat back with proof', async () => {
    const sold = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, sold);
    const admin = portal.contextFor(customer.admin);
    await exchange(admin, await device.proof(await activationOf(portal, await exchange(admin, await device.request()))));
    const { machines, returns } = await performOrThrow(showEntitlement, { entitlementId: sold.id }, admin);
    expect(machines).toEqual([]);
    expect(returns).toMatchObject({ times: 20, left: 19 });
  });
});

describe('a file of a machine that looks like one with a seat', () => {
  it('is shown with the older one by name, and with the choice of a seat of its own while one is free', async () => {
    const sold = await makeEntitlement(portal, customer, { seats: 2 });
    const device = await makeDevice(portal, { ...sold, name: 'Press 4' });
    await exchange(portal.contextFor(customer.member), await device.request());
    const anew = await (await device.setUpAnew()).request();
    expect((await preview(customer.admin, anew)).preview).toMatchObject({
      lookalike: { seat: 'moves' },
      takesSeat: false,
      seat: expect.arrayContaining([expect.stringContaining('“Press 4”')]),
      mayBeAnother: true,
    });
    const support = portal.contextFor(await makeSupport(portal));
    const asMember = await preview(customer.member, anew);
    expect(asMember.preview).toMatchObject({
      lookalike: { seat: 'kept' },
      takesSeat: true,
      seat: expect.arrayContaining([expect.stringContaining('“Press 4”')]),
      mayBeAnother: false,
    });
    const { wouldBe } = await performOrThrow(showInspection, { id: asMember.submissionId }, support);
    expect(wouldBe?.seat.join('')).toContain('“Press 4”. That one keeps its seat');

    await exchange(portal.contextFor(customer.member), await (await makeDevice(portal, sold)).request());
    expect((await preview(customer.admin, anew)).preview).toMatchObject({
      outcome: 'renew',
      mayBeAnother: false,
    });
    const refused = await preview(customer.member, anew);
    expect(refused).toMatchObject({ rejection: { code: 'reinstall-needs-release' } });
    expect(refused.holders.map(({ deviceName }) => deviceName)).toContain('Press 4');
  });

  it('names no machine to a guest, who gets a seat of its own for it', async () => {
    const sold = await makeEntitlement(portal, customer, { seats: 2 });
    const device = await makeDevice(portal, { ...sold, name: 'Press 4' });
    await exchange(portal.contextFor(customer.member), await device.request());
    const guest = portal.contextFor(makeGuest());
    const renamed = { name: 'Mine', platform: 'linux', hostname: null, appVersion: null };
    const file = await (await device.setUpAnew()).request({
      device: { ...renamed, fingerprint: { version: 1, components: device.components } },
    });
    const { submissionId } = await submitAsGuest(guest, file);
    const shown = await showToGuest(guest, submissionId);
    expect(shown).toMatchObject({ ok: true, value: { state: 'activation', takesSeat: true } });
    expect(JSON.stringify(shown)).toContain('This looks like a machine that is activated. That one keeps its seat');
    expect(JSON.stringify(shown)).not.toContain('Press 4');
  });

  it('tells a guest of a proof whose seat stays in use, before and after', async () => {
    const sold = await makeEntitlement(portal, customer, { returnLimit: 0 });
    const device = await makeDevice(portal, sold);
    const activationId = await activationOf(portal, await exchange(portal.contextFor(customer.member), await device.request()));
    const guest = portal.contextFor(makeGuest());
    const proof = await device.proof(activationId);
    const { submissionId } = await submitAsGuest(guest, proof);
    const before = await showToGuest(guest, submissionId);
    expect(before).toMatchObject({ value: { freesSeat: false, seat: expect.arrayContaining(['The seat stays in use until ']) } });
    await exchangeAsGuest(guest, proof);
    expect(await showToGuest(guest, submissionId)).toMatchObject({ value: { state: 'returned', heldUntil: expect.any(Date) } });
  });
});

it('a device shows which of its components count', async () => {
  const sold = await makeEntitlement(portal, customer);
  const parts = { machine: 'A'.repeat(43), mac: 'E'.repeat(43), room: 'I'.repeat(43) };
  const admin = portal.contextFor(customer.admin);
  await exchange(admin, await (await makeDevice(portal, { ...sold, name: 'In room 3', components: parts })).request());
  const { rows } = await performOrThrow(listDevices, { search: 'In room 3' }, admin);
  const { components } = await performOrThrow(showDevice, { deviceId: rows[0]?.device.id ?? '' }, admin);
  expect(Object.fromEntries(components.map(({ name, counts }) => [name, counts]))).toEqual({
    machine: true,
    mac: true,
    room: false,
  });
});
