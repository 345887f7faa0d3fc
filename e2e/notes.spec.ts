import type { Page } from '@playwright/test';
import { expect, test } from './helpers/fixtures';
import { makeCustomer, TERMS } from './helpers/make-customer';
import { activate, answerFile, playMachine } from './helpers/play-machine';

const YEARS_10_MS = 10 * 365 * 86_400_000;

async function bring(page: Page, file: string): Promise<void> {
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(file);
  await expect(page.getByText('Nothing has changed yet. This is what will happen.')).toBeVisible();
}

for (const [words, offBy] of [
  ['10 years ahead', YEARS_10_MS],
  ['10 years behind', -YEARS_10_MS],
] as const) {
  test(`a device whose clock is ${words} is answered, and told so`, async ({ page, device, operator, folder, signedIn }) => {
    const customer = await makeCustomer(operator, { folder, seats: 1 });
    const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
    await signedIn(customer.member);
    await bring(page, await machine.request('--now', new Date(Date.now() + offBy).toISOString()));
    await expect(page.getByText(`The clock of the device is ${words}.`)).toBeVisible();
    await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
    await expect(page.getByRole('heading', { name: 'The answer for Press line 7 is ready' })).toBeVisible();
    await page.getByRole('link', { name: 'Show the device' }).click();
    await expect(page.getByText(`The clock of this device was ${words}`)).toBeVisible();
  });
}

test('a seat above the bought number is allowed by an overdraft, and named before it is used', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1, terms: [...TERMS, '--overdraft', 'absolute:1'] });
  const by = { as: customer.member, folder };
  await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), by);
  await signedIn(customer.member);
  await bring(page, await playMachine({ device, folder, customer, name: 'Press 2' }).request());
  await expect(page.getByText('This seat is above the one that was bought.')).toBeVisible();
  await expect(page.getByText('2 of 1').first()).toBeVisible();
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  await expect(page.getByRole('heading', { name: 'The answer for Press 2 is ready' })).toBeVisible();
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(await playMachine({ device, folder, customer, name: 'Press 3' }).request());
  await expect(page.getByRole('heading', { name: 'No seat of this entitlement is free (1 bought).' })).toBeVisible();
});

test('a device that was set up anew with one part changed keeps its seat', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1, terms: [...TERMS, '--release-by', 'member,admin,support'] });
  const components = { machine: 'B-1', memory: 'D-1', mac: 'N-1' };
  const before = playMachine({ device, folder, customer, name: 'Press line 7', components });
  await activate(operator, before, { as: customer.member, folder });
  const after = playMachine({ device, folder, customer, name: 'Press line 7b', components: { ...components, mac: 'N-2' } });
  await signedIn(customer.member);
  await bring(page, await after.request());
  await expect(page.getByText(/This looks like “Press line 7”, set up anew\. Its seat moves here\./)).toBeVisible();
  await expect(page.getByText('Now 1 of 1')).toBeVisible();
  await page.getByRole('button', { name: 'Get the answer' }).click();
  await expect(page.getByRole('heading', { name: /^The answer for Press line 7b? is ready$/ })).toBeVisible();
  await expect(page.getByText('1 of 1').first()).toBeVisible();
});

test('in the grace after a term a device is answered, with the end of the term', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const terms = ['--plan', 'subscription', '--start', 'on-date', '--term', 'P1M', '--lease', 'P10D', '--grace', 'P60D'];
  const startsAt = new Date(Date.now() - 40 * 86_400_000).toISOString();
  const customer = await makeCustomer(operator, { folder, seats: 1, terms, sold: ['--starts-at', startsAt] });
  await signedIn(customer.member);
  await bring(page, await playMachine({ device, folder, customer, name: 'Press line 7' }).request());
  await expect(page.getByText(/The term ended on .*Renew it with the vendor soon\./)).toBeVisible();
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  await expect(page.getByRole('heading', { name: 'The answer for Press line 7 is ready' })).toBeVisible();
});

test('the first activation starts a term that waits for it, and says so before', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const terms = ['--plan', 'trial', '--start', 'on-first-activation', '--term', 'P30D', '--lease', 'P30D'];
  const customer = await makeCustomer(operator, { folder, seats: 1, terms });
  await signedIn(customer.member);
  await page.goto(`/entitlements/${customer.entitlementId}?tab=terms`);
  await expect(page.getByText('Starts with the first activation, for 30 days')).toBeVisible();
  await bring(page, await playMachine({ device, folder, customer, name: 'Press line 7' }).request());
  await expect(page.getByText('This is the first activation: the term starts now.')).toBeVisible();
});

test('a newer answer is pointed out on the page of the older one', async ({ page, device, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
  const first = await machine.request();
  await answerFile(operator, { file: first, as: customer.member, folder });
  await signedIn(customer.member);
  await bring(page, await machine.request());
  await page.getByRole('button', { name: 'Get the answer' }).click();
  await expect(page.getByRole('heading', { name: 'The answer for Press line 7 is ready' })).toBeVisible();
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(first);
  await expect(page.getByText('This file was handed in before.')).toBeVisible();
  await expect(page.getByText('There is a newer file for this device.')).toBeVisible();
});
