import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hardwareDigest } from '@/lib/dialects/licensespring/device-key';
import { downloadReply } from '../exchange/show-exchange';
import { issueRefresh } from '../leases/issue-refresh';
import { perform } from '../operation';
import { done } from '../testing/scenes/operator-scene';
import type { LicenseSpringScene } from './testing/scene';
import { activateOn, contentOf, contentOrCode, deactivateOn, makeScene, nextDate, sell } from './testing/scene';

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene();
});

afterAll(() => scene.portal.close());

async function seatsOf(entitlementId: string): Promise<number> {
  const rows = await scene.portal.db.execute<{ held: number }>(
    sql`select seats_held as held from entitlements where id = ${entitlementId}::uuid`,
  );
  return rows[0]?.held ?? -1;
}

async function refresh(entitlementId: string, hardwareId: string): Promise<Record<string, unknown>> {
  const digest = hardwareDigest(scene.portal.vendorId, hardwareId);
  const rows = await scene.portal.db.execute<{ id: string }>(sql`select a.id from activations a
    where a.entitlement_id = ${entitlementId}::uuid and a.fingerprint->'components'->>'hardware' = ${digest} and a.state = 'active'`);
  const made = await perform(issueRefresh, { activationId: rows[0]?.id }, scene.operator);
  if (!made.ok) return { code: made.rejection.code };
  const answer = await done(downloadReply, { exchangeId: made.value.exchangeId }, scene.operator);
  return { name: answer.name, ...contentOf(answer.text) };
}

it('activates, refreshes, deactivates and goes on elsewhere, with the seats and transfers counted at each step', async () => {
  const licence = await sell(scene, { maxActivations: 1 });
  const { entitlementId } = licence;
  const on = (hardware_id: string) => ({ hardware_id });

  const first = contentOrCode(await activateOn(scene, licence, on('A')));
  expect(first).toMatchObject({
    id: licence.id,
    hardware_id: 'A',
    license_key: licence.licenceKey,
    license_type: 'perpetual',
    validity_period: null,
    max_activations: 1,
    times_activated: 1,
    transfer_count: 0,
    active: true,
    allow_offline_activation: true,
    company: { id: scene.issuer.companyId },
  });
  expect(await seatsOf(entitlementId)).toBe(1);

  const refreshed = await refresh(entitlementId, 'A');
  expect(refreshed).toMatchObject({
    name: 'license_refresh.lic',
    device_id: first.device_id,
    times_activated: 1,
    transfer_count: 0,
  });
  expect(contentOrCode(await activateOn(scene, licence, on('B')))).toEqual({ code: 'no-seat-free' });

  expect((await deactivateOn(scene, licence, on('A'))).ok).toBe(true);
  expect(await seatsOf(entitlementId)).toBe(0);
  expect(contentOrCode(await activateOn(scene, licence, on('B')))).toMatchObject({ times_activated: 1, transfer_count: 1 });
  expect(await seatsOf(entitlementId)).toBe(1);

  expect((await deactivateOn(scene, licence, on('B'))).ok).toBe(true);
  const back = contentOrCode(await activateOn(scene, licence, on('A')));
  expect(back).toMatchObject({ times_activated: 1, transfer_count: 2, device_id: first.device_id });
  expect(await refresh(entitlementId, 'A')).toMatchObject({ transfer_count: 2 });
  expect(await seatsOf(entitlementId)).toBe(1);
});

it('costs nothing when the same device asks again', async () => {
  const licence = await sell(scene);
  await activateOn(scene, licence);
  const again = contentOrCode(await activateOn(scene, licence));
  expect(again).toMatchObject({ times_activated: 1, transfer_count: 0 });
  expect(await seatsOf(licence.entitlementId)).toBe(1);
});

it('keeps variables of a device and returns them, also those of a deactivation and of an earlier time', async () => {
  const licence = await sell(scene);
  const first = contentOrCode(await activateOn(scene, licence, { variables: { hall: '3', line: 7 } }));
  expect(first.variables).toMatchObject([
    { variable: 'hall', value: '3' },
    { variable: 'line', value: '7' },
  ]);
  const second = contentOrCode(await activateOn(scene, licence, { variables: { hall: '4' } }));
  expect(second.variables).toMatchObject([
    { variable: 'hall', value: '4' },
    { variable: 'line', value: '7' },
  ]);
  await deactivateOn(scene, licence, { variables: { line: 8 } });
  const third = contentOrCode(await activateOn(scene, licence));
  expect(third.variables).toMatchObject([
    { variable: 'hall', value: '4' },
    { variable: 'line', value: '8' },
  ]);
  expect(contentOrCode(await activateOn(scene, licence, { hardware_id: 'press-2' })).variables).toEqual([]);
});

it('syncs what was used once for each deactivation file, of the licence and of its features', async () => {
  const order = { type: 'consumption', maxConsumptions: 100, features: [{ code: 'scans', limit: 50, endsAt: '2031-01-01' }] };
  const licence = await sell(scene, order);
  const first = contentOrCode(await activateOn(scene, licence));
  expect(first).toMatchObject({ license_type: 'consumption', max_consumptions: 100, total_consumptions: 0 });
  const used = {
    request_id: '6f0f0c5c-55f9-4b0b-8b94-f4f4b1f0a001',
    date: nextDate(),
    consumptions: 12,
    product_features: [{ code: 'scans', consumptions: 5 }],
  };
  for (let times = 0; times < 3; times += 1) expect((await deactivateOn(scene, licence, used)).ok).toBe(true);
  const second = contentOrCode(await activateOn(scene, licence));
  expect(second).toMatchObject({ total_consumptions: 12, times_activated: 1 });
  expect(second.product_features).toMatchObject([
    {
      code: 'scans',
      feature_type: 'consumption',
      max_consumption: 50,
      total_consumptions: 5,
      expiry_date: '2031-01-01T00:00:00.000Z',
    },
  ]);
});

it('sells consumption without a limit when nobody names one', async () => {
  const licence = await sell(scene, { type: 'consumption' });
  const expected = {
    license_type: 'consumption',
    max_consumptions: 0,
    allow_unlimited_consumptions: true,
    allow_overages: false,
  };
  expect(contentOrCode(await activateOn(scene, licence))).toMatchObject(expected);
});

it('tells trial, maintenance, grace, floating use and custom fields as they were ordered', async () => {
  const licence = await sell(scene, {
    type: 'time-limited',
    validUntil: '2090-01-01T12:00:00Z',
    graceHours: 48,
    maintenanceUntil: '2089-01-01',
    floating: { users: 5, timeoutMinutes: 30, borrowHours: 8 },
    customFields: { plant: 'Hall 3' },
    features: [{ code: 'export' }],
    maxTransfers: 4,
    orderReference: 'PO-7',
  });
  expect(contentOrCode(await activateOn(scene, licence))).toMatchObject({
    license_type: 'time-limited',
    is_trial: false,
    validity_period: '2090-01-01T12:00:00.000Z',
    grace_period: 48,
    allow_grace_period: true,
    maintenance_period: '2089-01-01T00:00:00.000Z',
    enable_maintenance_period: true,
    is_floating: true,
    floating_users: 5,
    floating_timeout: 30,
    can_borrow: true,
    max_borrow_time: 8,
    max_transfers: 4,
    custom_fields: [{ name: 'plant', data_type: 'text', value: 'Hall 3' }],
    product_features: [{ code: 'export', feature_type: 'activation', expiry_date: null }],
    order_store_id: 'PO-7',
  });
  const trial = await sell(scene, { trial: true });
  expect(contentOrCode(await activateOn(scene, trial))).toMatchObject({
    license_type: 'perpetual',
    is_trial: true,
    trial_days: 30,
  });
});

it('tells a lease that is shorter than the licence as its end, so that no device outruns its seat', async () => {
  const licence = await sell(scene, { lease: 'P10D' });
  const { validity_period: until } = contentOrCode(await activateOn(scene, licence));
  const days = (Date.parse(String(until)) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(9.9);
  expect(days).toBeLessThanOrEqual(10);
});
