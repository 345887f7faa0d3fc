import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { openDatabase } from '@/db/client';
import { cloneActivations } from '@/lib/operations/testing/clone-activations';
import { readRuntime } from '@/lib/operator/launch/runtime-file';
import { downloadBy } from './helpers/download-by';
import { fromSetUp } from './helpers/environment';
import { expectNoBarriers } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an administrator gets the refresh files of all devices as one zip, and each applies', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 3 });
    const machines = ['Press 1', 'Press 2', 'Press 3'].map((name) => playMachine({ device, folder, customer, name }));
    for (const machine of machines) await activate(operator, machine, { as: customer.member, folder });
    await signedIn(customer.admin);
    await page.goto(`/entitlements/${customer.entitlementId}`);
    const click = () => page.getByRole('button', { name: 'Refresh files for all 3 devices' }).click();
    const { file, bytes } = await downloadBy(page, click, join(folder, 'all.zip'));
    expect(file.suggestedFilename()).toBe(`refresh-files-${customer.entitlementId.slice(0, 8)}.zip`);
    const files = unzipSync(bytes);
    expect(Object.keys(files).sort()).toEqual(['Press 1.refresh', 'Press 2.refresh', 'Press 3.refresh']);
    for (const machine of machines) {
      const path = join(folder, `${machine.name}.refresh`);
      writeFileSync(path, files[`${machine.name}.refresh`] ?? '');
      await machine.apply(path);
    }
    await page.goto(`/entitlements/${customer.entitlementId}`);
    const exported = await downloadBy(
      page,
      () => page.getByRole('link', { name: /^Export CSV/ }).click(),
      join(folder, 'seats.csv'),
    );
    const lines = exported.bytes.toString('utf8').split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines.filter((line) => line.startsWith('Press ') && line.includes(',active,'))).toHaveLength(3);
  });
});

test('a device that gets no file is named in the zip, and the page says so', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 3 });
  await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), { as: customer.member, folder });
  await signedIn(customer.admin);
  await page.goto(`/entitlements/${customer.entitlementId}`);
  expect((await operator('entitlement', 'disable', customer.entitlementId)).exitCode).toBe(0);
  const click = () => page.getByRole('button', { name: 'Refresh file as a zip' }).click();
  const { bytes } = await downloadBy(page, click, join(folder, 'none.zip'));
  expect(Buffer.from(unzipSync(bytes)['not-included.txt'] ?? '').toString('utf8')).toContain(
    'Press 1: This entitlement is disabled.',
  );
  await expect(page.getByText('Some devices got none')).toBeVisible();
});

test('what is of another customer is not there: not its leases, seats, refresh files or name', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const [theirs, ours] = [await makeCustomer(operator, { folder, seats: 3 }), await makeCustomer(operator, { folder, seats: 3 })];
  await activate(operator, playMachine({ device, folder, customer: theirs, name: 'Their press' }), { as: theirs.member, folder });
  await signedIn(ours.admin);
  const seats = await page.request.get(`/entitlements/${theirs.entitlementId}/export`);
  expect(seats.status()).toBe(404);
  const path = `/entitlements/${theirs.entitlementId}/refresh-files`;
  const files = await page.request.post(path, { maxRedirects: 0 });
  expect([files.status(), files.headers().location]).toEqual([303, `/entitlements/${theirs.entitlementId}?refused=not-found`]);
  const foreign = await page.request.post(path, { headers: { origin: 'https://elsewhere.example' } });
  expect(foreign.status()).toBe(403);
  expect(await (await page.request.get('/leases/export?within=all')).text()).not.toContain('Their press');
  await page.context().clearCookies();
  const out = await page.request.post(path, { maxRedirects: 0 });
  expect([out.status(), out.headers().location]).toEqual([
    303,
    `/sign-in?next=${encodeURIComponent(`/entitlements/${theirs.entitlementId}`)}`,
  ]);
});

test('a browser that goes away stops the work, and shows before how far it is', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const devices = 2000;
  const customer = await makeCustomer(operator, { folder, seats: devices });
  await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), { as: customer.member, folder });
  const pool = openDatabase({ url: readRuntime(fromSetUp('dataDir'))?.appUrl ?? '', connections: 1 });
  const { entitlementId } = customer;
  const [seat] = await pool.db.execute<{ id: string }>(sql`select id from activations where entitlement_id = ${entitlementId}`);
  await cloneActivations(pool, seat?.id ?? '', devices - 1);
  const made = async () => {
    const [row] = await pool.db.execute<{ made: number }>(sql`select count(*)::integer as made from exchanges
      where entitlement_id = ${entitlementId} and kind = 'refresh' and outcome = 'renewed'`);
    return row?.made ?? 0;
  };
  await signedIn(customer.admin);
  await page.goto(`/entitlements/${entitlementId}`);
  await page.getByRole('button', { name: `Refresh files for all ${devices} devices` }).click();
  await expect(page.getByText(new RegExp(`Writing refresh files: [1-9]\\d* of ${devices}`))).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped.')).toBeVisible();
  const whileAPageLoads = async () => {
    const before = await made();
    await page.reload();
    return (await made()) - before;
  };
  await expect.poll(whileAPageLoads).toBe(0);
  expect(await made()).toBeLessThan(devices);
  await pool.close();
});
