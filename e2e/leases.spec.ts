import { join } from 'node:path';
import { downloadBy } from './helpers/download-by';
import { expect, test } from './helpers/fixtures';
import { makeCustomer, TERMS } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import { createPerson } from './helpers/sign-in';

test('a device whose entitlement is disabled is listed without a refresh, and says why', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 3 });
  await activate(operator, playMachine({ device, folder, customer, name: 'Press 7' }), { as: customer.member, folder });
  expect((await operator('entitlement', 'disable', customer.entitlementId)).exitCode).toBe(0);
  await signedIn(customer.admin);
  await page.goto('/leases');
  const row = page.getByRole('row').filter({ hasText: 'Press 7' });
  await expect(row).toContainText('No new file: This entitlement is disabled.');
  await expect(row.getByRole('button')).toHaveCount(0);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a calendar address is made, fetched without a session, made anew and revoked', async ({
    page,
    request,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 3 });
    await activate(operator, playMachine({ device, folder, customer, name: 'Press; 7, é' }), { as: customer.member, folder });
    await signedIn(customer.member);
    await page.goto('/leases');
    await page.getByRole('button', { name: 'Make a calendar address' }).click();
    const address = await page.getByLabel('Calendar address', { exact: true }).inputValue();
    expect(address).toMatch(/\/calendar\/[\w-]{43}\.ics$/);
    await expect(page.getByText('No calendar has fetched it yet.')).toBeVisible();

    const answer = await request.get(address);
    expect(answer.status()).toBe(200);
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      'referrer-policy': 'no-referrer',
    });
    const text = (await answer.text()).replaceAll('\r\n ', '');
    expect(text).toContain('SUMMARY:Lease ends: Press\\; 7\\, é\r\n');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);

    await page.goto('/leases');
    await expect(page.getByLabel('Calendar address', { exact: true })).toHaveCount(0);
    await expect(page.getByText('A calendar last fetched it on')).toBeVisible();
    await page.getByRole('button', { name: 'Make a new address' }).click();
    const second = await page.getByLabel('Calendar address', { exact: true }).inputValue();
    expect(second).not.toBe(address);
    expect((await request.get(address)).status()).toBe(404);
    expect((await request.get(second)).status()).toBe(200);

    await page.getByRole('button', { name: 'Revoke the address' }).click();
    await expect(page.getByText('The calendar address is revoked.')).toBeVisible();
    await expect(page.getByLabel('Calendar address', { exact: true })).toHaveCount(0);
    const gone = await request.get(second);
    const never = await request.get(`/calendar/${'A'.repeat(43)}.ics`);
    expect([gone.status(), await gone.text()]).toEqual([404, await never.text()]);
    for (const path of ['/calendar/x', '/calendar/.ics', `/calendar/${'a'.repeat(3000)}.ics`, '/calendar/%00.ics']) {
      expect((await request.get(path)).status(), path).toBe(404);
    }
  });

  test('a device is renamed and tagged, and its next file and the table carry the name', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 3 });
    const machine = playMachine({ device, folder, customer, name: 'Press 7' });
    await activate(operator, machine, { as: customer.member, folder });
    await signedIn(customer.member);
    await page.goto(`/entitlements/${customer.entitlementId}`);
    await page.getByRole('link', { name: 'Press 7' }).click();
    await expect(page.getByRole('heading', { name: 'Press 7', level: 1 })).toBeVisible();
    const here = new URL(page.url()).pathname;
    await page.getByText('Edit…').click();
    await page.getByLabel('Name', { exact: true }).fill('=Saw "2"');
    await page.getByLabel('Asset tag').fill('INV-0042');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { name: '=Saw "2"', level: 1 })).toBeVisible();
    await expect(page.getByText('The device is called =Saw "2" now.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'About the device' })).toContainText('INV-0042');
    await expect(page.getByLabel('Name', { exact: true })).toBeHidden();

    await page.goto(here);
    await page.getByText('Edit…').click();
    await page.getByLabel('Name', { exact: true }).fill('five ----- hyphens');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Name: one line of 1 to 100 characters')).toBeVisible();

    await page.goto('/activity');
    await expect(page.getByText('the asset tag INV-0042')).toBeVisible();
    await page.goto('/devices');
    await expect(page.getByRole('row').filter({ hasText: '=Saw "2"' })).toContainText('INV-0042');
    const click = () => page.getByRole('link', { name: /^Export CSV/ }).click();
    const { bytes } = await downloadBy(page, click, join(folder, 'devices.csv'));
    expect(bytes.toString('utf8')).toContain(`\r\n"'=Saw ""2""",INV-0042,`);
    await page.goto('/leases');
    await page.getByRole('button', { name: 'Refresh file for =Saw "2"' }).click();
    const path = join(folder, 'saw.refresh');
    const get = () =>
      page
        .getByRole('link', { name: /^Download/ })
        .first()
        .click();
    const { file } = await downloadBy(page, get, path);
    expect(file.suggestedFilename()).toBe('=Saw -2.refresh');
    await machine.apply(path);
  });
});

test('support sees the leases of all customers, and has no calendar address', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, {
    folder,
    seats: 3,
    terms: TERMS.map((term) => (term === 'P90D' ? 'P1D' : term)),
  });
  await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), { as: customer.member, folder });
  await signedIn(await createPerson(operator));
  await page.goto('/leases');
  await expect(page.getByRole('columnheader', { name: 'Customer' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'In your calendar' })).toHaveCount(0);
  const table = await (await page.request.get('/leases/export?within=7')).text();
  expect(table).toContain(`Works ${customer.mark}`);
});
