import type { Page } from '@playwright/test';
import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import { createPerson } from './helpers/sign-in';

async function find(page: Page, text: string): Promise<void> {
  await page.goto('/devices');
  await page.getByRole('searchbox').fill(text);
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page).toHaveURL(/\?q=/);
}

test('the list of entitlements shows seats and state, and one of them its history, terms and codes', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 3, sold: ['--order', 'SO-4711'] });
  await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), { as: customer.member, folder });
  await signedIn(customer.member);
  await page.goto('/entitlements');
  const row = page.getByRole('row').filter({ hasText: customer.title });
  await expect(row).toContainText('1 of 3');
  await expect(row).toContainText('SO-4711');
  await expect(row).toContainText('Active');
  await row.getByRole('link', { name: customer.title }).click();
  await expect(page.getByRole('heading', { name: customer.title })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Press 1' })).toContainText('Mira Member');

  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByText('Press 1 activated')).toBeVisible();
  await page.getByRole('link', { name: 'Terms' }).click();
  await expect(page.getByRole('definition').filter({ hasText: /^90 days$/ })).toBeVisible();
  await page.getByRole('link', { name: 'Codes' }).click();
  await expect(page.getByText(`ends in ${customer.code.slice(-4)}`)).toBeVisible();
  await expect(page.getByText(customer.code)).toHaveCount(0);
});

test('a device is found by its name, its activation and its fingerprint, and its files can be fetched again', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 3 });
  const by = { as: customer.member, folder };
  for (const name of ['Press 1', 'Sorter 2']) await activate(operator, playMachine({ device, folder, customer, name }), by);
  await signedIn(customer.admin);
  await find(page, 'sort');
  await expect(page.getByRole('link', { name: 'Sorter 2' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Press 1' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Sorter 2' }).click();

  const digest = await page.getByRole('table', { name: 'Components' }).getByRole('code').first().textContent();
  const release = await page.getByRole('link', { name: /^Release/ }).getAttribute('href');
  const activationId = release?.split('/')[2] ?? '';
  await expect(page.getByText('Sorter 2 activated')).toBeVisible();
  const [again] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Download again/ }).click()]);
  expect(again.suggestedFilename()).toBe('Sorter 2.activation-response');

  for (const text of [digest?.slice(0, 10) ?? '', activationId]) {
    await find(page, text);
    await expect(page.getByRole('link', { name: 'Sorter 2' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Press 1' })).toHaveCount(0);
  }
  await find(page, 'no such machine');
  await expect(page.getByText('Nothing found for “no such machine”')).toBeVisible();
});

test('an administrator releases a seat with a reason, and it stays in use until the device must have stopped', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 3 });
  const machine = playMachine({ device, folder, customer, name: 'Lost tablet' });
  await activate(operator, machine, { as: customer.member, folder });
  await signedIn(customer.admin);
  await page.goto(`/entitlements/${customer.entitlementId}`);
  await page.getByRole('link', { name: 'Release… the seat of Lost tablet' }).click();
  await expect(page.getByRole('heading', { name: 'Release the seat of Lost tablet' })).toBeVisible();
  await expect(page.getByText('may go on running until')).toBeVisible();
  await page.getByRole('button', { name: 'Release seat' }).click();
  await expect(page.getByRole('radio', { name: 'It is lost' })).toHaveJSProperty('validity.valueMissing', true);
  await page.getByRole('radio', { name: 'It is lost' }).check();
  await page.getByLabel('Anything to add').fill('Left in a taxi');
  await page.getByRole('button', { name: 'Release seat' }).click();

  await expect(page.getByText('The seat is being released.')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Lost tablet' })).toContainText('Being released');
  await expect(page.getByText('1 of 3').first()).toBeVisible();
  await expect(page.getByRole('link', { name: /^Release/ })).toHaveCount(0);

  // The device was not lost after all: its proof frees the seat at once.
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(await machine.deactivate());
  await page.getByRole('button', { name: 'Free the seat' }).click();
  await expect(page.getByText('0 of 3').first()).toBeVisible();
});

test('a member is offered no release, and is refused at its address', async ({ page, device, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 3 });
  await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), { as: customer.member, folder });
  await signedIn(customer.admin);
  await page.goto(`/entitlements/${customer.entitlementId}`);
  const address = (await page.getByRole('link', { name: /^Release/ }).getAttribute('href')) ?? '';
  await signedIn(customer.member);
  await page.goto(`/entitlements/${customer.entitlementId}`);
  await expect(page.getByRole('button', { name: 'Refresh file for Press 1' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Release/ })).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByText('Your role does not include releasing seats of this entitlement')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Release seat' })).toHaveCount(0);
});

test('support sees the devices of every customer, and whose they are', async ({ page, device, operator, folder, signedIn }) => {
  const customers = [await makeCustomer(operator, { folder, seats: 1 }), await makeCustomer(operator, { folder, seats: 1 })];
  for (const customer of customers) {
    const name = `Press ${customer.mark}`;
    await activate(operator, playMachine({ device, folder, customer, name }), { as: customer.member, folder });
  }
  await signedIn(await createPerson(operator));
  for (const { mark } of customers) {
    await find(page, `Press ${mark}`);
    await expect(page.getByRole('row').filter({ hasText: `Press ${mark}` })).toContainText(`Works ${mark}`);
  }
});

test('more than fifty seats come page by page', async ({ page, device, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 60 });
  const names = Array.from({ length: 52 }, (_, index) => `Cell ${index + 1}`);
  const requests = await Promise.all(names.map((name) => playMachine({ device, folder, customer, name }).request()));
  const { exitCode, stderr } = await operator('exchange', ...requests, '--as', customer.member, '--out', folder);
  expect(exitCode, stderr).toBe(0);
  await signedIn(customer.member);
  for (const address of ['/devices', `/entitlements/${customer.entitlementId}`]) {
    await page.goto(address);
    const rows = page.getByRole('rowheader').getByRole('link');
    await expect(rows).toHaveCount(50);
    const first = await rows.allTextContents();
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(rows).toHaveCount(2);
    expect([...first, ...(await rows.allTextContents())].sort()).toEqual([...names].sort());
    await page.getByRole('link', { name: 'Previous' }).click();
    await expect(rows).toHaveCount(50);
  }
});
