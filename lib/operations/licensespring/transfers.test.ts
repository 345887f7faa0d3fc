import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hardwareDigest } from '@/lib/dialects/licensespring/device-key';
import { perform } from '../operation';
import { exchange } from '../testing/exchange';
import { OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import { blacklistDevice } from './blacklist-device';
import type { LicenseSpringScene } from './testing/scene';
import { activateOn, deactivateOn, makeScene, sell } from './testing/scene';

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene();
});

afterAll(() => scene.portal.close());

const on = (hardwareId: string) => ({ hardware_id: hardwareId });
const codeOf = (result: { ok: boolean; rejection?: { code: string } }) => result.rejection?.code ?? 'done';

it('moves as often as the licence says; after that a deactivation is taken, and its seat stays with the device', async () => {
  const licence = await sell(scene, { maxActivations: 1, maxTransfers: 1 });
  expect(codeOf(await activateOn(scene, licence, on('A')))).toBe('done');
  expect(codeOf(await deactivateOn(scene, licence, on('A')))).toBe('done');
  expect(codeOf(await activateOn(scene, licence, on('B')))).toBe('done');
  expect(codeOf(await deactivateOn(scene, licence, on('B')))).toBe('done');
  const states = await scene.portal.db.execute(
    sql`select state from activations where entitlement_id = ${licence.entitlementId} order by activated_at`,
  );
  expect(states).toEqual([{ state: 'released' }, { state: 'releasing' }]);
  expect(codeOf(await activateOn(scene, licence, on('C')))).toBe('no-seat-free');
  expect(codeOf(await activateOn(scene, licence, on('A')))).toBe('no-seat-free');
  expect(codeOf(await activateOn(scene, licence, on('B')))).toBe('done');
});

it('moves any number of times where the licence sets none, four in a year at once', async () => {
  const licence = await sell(scene, { maxActivations: 1 });
  for (const device of ['A', 'B', 'A', 'B']) {
    expect(codeOf(await activateOn(scene, licence, on(device)))).toBe('done');
    expect(codeOf(await deactivateOn(scene, licence, on(device)))).toBe('done');
  }
  expect(codeOf(await activateOn(scene, licence, on('C')))).toBe('done');
});

it('keeps its blacklist and its refusal of virtual machines for files of another dialect, where it was sold for both', async () => {
  const { portal, operator } = scene;
  const soldForBoth = async (terms: Parameters<typeof sell>[1]) => {
    const licence = await sell(scene, { maxActivations: 3, ...terms });
    await portal.db.execute(sql`update entitlements set dialects = '{licensespring,native}' where id = ${licence.entitlementId}`);
    await portal.db.execute(sql`update products set fingerprint_components = '{hardware,mac,cpu}'`);
    return licence;
  };
  const { vendorId } = await portal.keyring.current();
  const components = { hardware: hardwareDigest(vendorId, 'BAD-1'), mac: 'A'.repeat(43), cpu: hardwareDigest(vendorId, 'cpu') };
  const handIn = async (licence: Awaited<ReturnType<typeof sell>>) => {
    const device = await makeDevice(portal, { code: licence.licenceKey ?? '', components });
    return (await exchange(portal.contextFor(OPERATOR), await device.request({ productCode: licence.product }))).code;
  };

  const listed = await soldForBoth({});
  expect((await perform(blacklistDevice, { entitlementId: listed.entitlementId, hardwareId: 'BAD-1' }, operator)).ok).toBe(true);
  expect(await handIn(listed)).toBe('device-blacklisted');
  expect(await handIn(await soldForBoth({ preventVm: true }))).toBe('virtual-machine-refused');
  expect(await handIn(await sell(scene, { maxActivations: 3 }))).toBe('other-kind-of-file');
  expect(await handIn(await soldForBoth({}))).toBe('done');
});
