import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import { expectNoBarriersAnywhere } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import type { MadeCustomer } from './helpers/make-customer';
import { makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import { createPerson } from './helpers/sign-in';
import { spoil } from './helpers/spoil-file';

/** Hands a file in without scripts, and answers the page that tells what came of it. */
async function handIn(page: Page, file: string): Promise<void> {
  const upload = { name: 'press.activation-request', mimeType: 'text/plain', buffer: readFileSync(file) };
  const answer = await page.request.post('/exchange/upload', { multipart: { file: upload }, maxRedirects: 0 });
  await page.goto(answer.headers().location ?? '');
}

async function find(page: Page, text: string): Promise<void> {
  await page.goto('/search');
  await page.getByRole('searchbox').fill(text);
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page).toHaveURL(/[?]q=/);
}

async function lookAs(page: Page, { mark }: MadeCustomer, name: string): Promise<void> {
  await find(page, `works ${mark}`);
  await page.getByRole('link', { name: `Works ${mark}` }).click();
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'See what they see' }).click();
  await expect(page.getByRole('complementary', { name: 'Looking as somebody else' })).toContainText(`${name} of Works ${mark}`);
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('support finds an attempt by its trouble code, looks into the file, and sees what the customer sees', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 2 });
    const support = await createPerson(operator);
    const machine = playMachine({ device, folder, customer, name: `Press ${customer.mark}` });
    await activate(operator, machine, { as: customer.member, folder });

    await signedIn(customer.member);
    await handIn(page, spoil(await machine.request()));
    await expect(page.getByRole('link', { name: 'Inspect' })).toHaveCount(0);
    const quoted = (await page.getByRole('code').textContent()) ?? '';
    expect(quoted).toMatch(/^token-not-authentic · \w{6}$/);
    const code = quoted.slice(-6);
    expect(isTroubleCode(code)).toBe(true);

    await signedIn(support);
    await find(page, code.toLowerCase());
    await page.getByRole('region', { name: 'Files handed in and answered' }).getByRole('link').click();
    await expect(page.getByText('Cannot be opened')).toBeVisible();
    const failed = page.getByRole('listitem').filter({ hasText: 'It was encrypted to that key and not changed since.' });
    await expect(failed).toContainText('Failed');
    await expect(page.getByRole('definition').filter({ hasText: customer.member })).toBeVisible();
    await find(page, code.slice(0, 5) + (code.endsWith('2') ? '3' : '2'));
    await expect(page.getByText('Ask for the code again')).toBeVisible();

    await lookAs(page, customer, 'Mira Member');
    await expect(page.getByRole('link', { name: 'Search' })).toHaveCount(0);
    expect((await page.goto('/search'))?.status()).toBe(200);
    await expect(page.getByText('Your role does not include this.')).toBeVisible();
    for (const path of [
      '/sessions',
      '/sessions/second-factor',
      '/sessions/recovery-codes',
      '/sessions/recovery-codes/download',
    ]) {
      await page.goto(path);
      await expect(page.getByText('You are looking as Mira Member. This is theirs alone')).toHaveCount(1);
      await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
    }
    await page.goto('/leases');
    await expect(page.getByText('You are looking as Mira Member. This is theirs alone')).toHaveCount(2);
    await page.goto(`/entitlements/${customer.entitlementId}`);
    await page.getByRole('button', { name: /^Refresh file for/ }).click();
    await expect(page.getByText('You are looking as somebody else, and can change nothing for them.')).toBeVisible();
    await handIn(page, await machine.request());
    await expect(page).toHaveURL(/\/exchange\?refused=view-only&trouble=\w{6}$/);
    await expect(page.getByText('Nothing was changed.')).toBeVisible();
    await page.getByRole('button', { name: 'Leave their view' }).click();
    await expect(page.getByRole('heading', { name: 'Mira Member' })).toBeVisible();
    await expect(page.getByRole('complementary')).toHaveCount(0);

    await find(page, machine.name);
    await page.getByRole('region', { name: 'Devices' }).getByRole('link').click();
    await expect(page.getByRole('region', { name: 'Leases' }).getByRole('row')).toHaveCount(2);
    await page.getByLabel('New note').fill('Stick was bad; sent a new one.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Stick was bad' })).toContainText(support);
    const devicePage = new URL(page.url()).pathname;

    await page.goto(`/entitlements/${customer.entitlementId}`);
    await page.getByRole('link', { name: 'Disable…' }).click();
    await page.getByLabel('Why?').fill('The invoice is open');
    await page.getByRole('button', { name: 'Disable entitlement' }).click();
    await expect(page.getByText('Disabled. No more answers are given on it.')).toBeVisible();
    const other = playMachine({ device, folder, customer, name: `Lathe ${customer.mark}` });
    const request = await other.request();
    await handIn(page, request);
    await expect(page.getByRole('code').filter({ hasText: 'entitlement-disabled' })).toBeVisible();
    await page.getByRole('link', { name: 'Inspect' }).click();
    await expect(page.getByText('Opens', { exact: true })).toBeVisible();

    await page.goto(`/entitlements/${customer.entitlementId}/disable`);
    await page.getByLabel('Why?').fill('Paid');
    await page.getByRole('button', { name: 'Enable entitlement' }).click();
    await expect(page.getByText('Enabled. Files are answered again.')).toBeVisible();

    await signedIn(customer.member);
    await page.goto(devicePage);
    await expect(page.getByRole('heading', { name: machine.name })).toBeVisible();
    await expect(page.getByText('Stick was bad')).toHaveCount(0);
    await handIn(page, request);
    await expect(page.getByRole('button', { name: 'Use a seat and get the answer' })).toBeVisible();
  });
});

test('who looks as somebody else signs out as themselves', async ({ page, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  await signedIn(await createPerson(operator));
  await lookAs(page, customer, 'Ada Admin');
  await page.goto('/people');
  await expect(page.getByRole('button', { name: 'See what they see' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/exchange');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

async function expectNoBarriersOn(page: Page, pages: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    await expectNoBarriersAnywhere(page, name);
  }
}

test('the pages of support have no barriers, at any width, in both themes', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 2 });
  const machine = playMachine({ device, folder, customer, name: `Press ${customer.mark}` });
  await activate(operator, machine, { as: customer.member, folder });
  await signedIn(await createPerson(operator));
  await handIn(page, spoil(await machine.request()));
  const refused = new URL(page.url()).pathname;
  await find(page, machine.name);
  const hrefOf = async (region: string) =>
    (await page.getByRole('region', { name: region }).getByRole('link').first().getAttribute('href')) ?? '';
  const devicePage = await hrefOf('Devices');
  const pages: Record<string, string> = {
    search: '/search',
    found: `/search?q=${encodeURIComponent(machine.name)}`,
    nothing: '/search?q=nothing+at+all',
    refused,
    'inspect-spoilt': refused.replace('/exchange/', '/inspect/'),
    device: devicePage,
    disable: `/entitlements/${customer.entitlementId}/disable`,
    entitlement: `/entitlements/${customer.entitlementId}`,
  };
  await page.goto('/search');
  await page.getByLabel('Choose file').setInputFiles(await machine.request());
  await expect(page.getByText('Opens', { exact: true })).toBeVisible();
  pages.inspect = new URL(page.url()).pathname;
  await find(page, customer.member);
  pages.person = await hrefOf('People');
  await expectNoBarriersOn(page, pages);
  await lookAs(page, customer, 'Ada Admin');
  await expectNoBarriersOn(page, {
    viewing: '/exchange',
    'viewing-people': '/people',
    'viewing-own': '/sessions',
    'viewing-leases': '/leases',
  });
});
