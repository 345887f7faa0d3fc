import type { Page } from '@playwright/test';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import { askAs, expectMailed, handIn, releaseAddress, releaseAs, WITH_APPROVAL } from './helpers/release-steps';
import { createPerson, signIn } from './helpers/sign-in';
import { spoil } from './helpers/spoil-file';

async function find(page: Page, text: string): Promise<void> {
  await page.goto('/search');
  await page.getByRole('searchbox').fill(text);
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page).toHaveURL(/[?]q=/);
}

const found = (page: Page, kind: string) => page.getByRole('region', { name: kind }).getByRole('link');
const quoted = async (page: Page) => (await page.getByRole('code').first().textContent()) ?? '';

test('the day of support: whatever a customer quotes is found, looked into and mended', async ({
  page,
  browser,
  baseURL,
  device,
  operator,
  folder,
  mailbox,
}) => {
  const reference = `PO-${Date.now()}`;
  const customer = await makeCustomer(operator, {
    folder,
    seats: 3,
    terms: [...WITH_APPROVAL, '--reinstalls', '2'],
    sold: ['--order', reference],
  });
  const components = { machine: `B-${customer.mark}`, memory: `D-${customer.mark}`, mac: `N-${customer.mark}` };
  const machine = playMachine({ device, folder, customer, name: `Press ${customer.mark}`, components });
  await activate(operator, machine, { as: customer.member, folder });
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const theirs = await context.newPage();
  await signIn(theirs, mailbox, { email: customer.member, next: '/devices' });
  const support = await createPerson(operator);
  await signIn(page, mailbox, { email: support, next: '/search' });

  await test.step('finds a refused file by its trouble code, and sees which check it failed', async () => {
    await handIn(theirs, spoil(await machine.request()));
    await expect(theirs.getByRole('link', { name: 'Inspect' })).toHaveCount(0);
    const words = await quoted(theirs);
    expect(words).toMatch(/^token-not-authentic · \w{6}$/);
    expect(isTroubleCode(words.slice(-6))).toBe(true);
    await find(page, words.slice(-6).toLowerCase());
    await found(page, 'Files handed in and answered').click();
    await expect(page.getByText('Cannot be opened')).toBeVisible();
    const failed = page.getByRole('listitem').filter({ hasText: 'It was encrypted to that key and not changed since.' });
    await expect(failed).toContainText('Failed');
    await find(page, words.slice(-6, -1) + (words.endsWith('2') ? '3' : '2'));
    await expect(page.getByText('Ask for the code again')).toBeVisible();
  });

  await test.step('finds a refused act by its trouble code: who, what, when and why', async () => {
    await theirs.goto('/devices');
    await theirs.getByRole('link', { name: machine.name }).click();
    await theirs.getByText('Edit…').click();
    await theirs.getByLabel('Name', { exact: true }).fill('five ----- hyphens');
    await theirs.getByRole('button', { name: 'Save', exact: true }).click();
    const words = await theirs.getByRole('code').filter({ hasText: 'input-refused' }).textContent();
    await find(page, words ?? '');
    await found(page, 'Refused attempts').click();
    const told = page.getByRole('main').getByRole('listitem');
    await expect(told).toHaveCount(1);
    await expect(told).toContainText(`Mira Member tried to rename ${machine.name}.`);
    await expect(told.getByRole('link', { name: machine.name })).toBeVisible();
  });

  await test.step('finds customer, people, devices, activations, orders and codes by how they start', async () => {
    await find(page, machine.name);
    await found(page, 'Devices').click();
    const digest = await page.getByRole('table', { name: 'Components' }).getByRole('code').first().textContent();
    const seat =
      (await page
        .getByRole('link', { name: /elease…/ })
        .first()
        .getAttribute('href')) ?? '';
    const files = await page
      .getByRole('link', { name: /^Download again/ })
      .first()
      .getAttribute('href');
    for (const [text, kind] of [
      [`works ${customer.mark}`, 'Customers'],
      [customer.member.slice(0, 12), 'People'],
      [machine.name.toLowerCase(), 'Devices'],
      [digest?.slice(0, 10) ?? '', 'Devices'],
      [seat.split('/')[2] ?? '', 'Activations'],
      [files?.split('/')[2] ?? '', 'Files handed in and answered'],
      [customer.code.slice(-4), 'Activation codes'],
      [reference, 'Entitlements'],
    ] as const) {
      await find(page, text);
      await expect(found(page, kind).first(), `${kind} by ${text}`).toBeVisible();
    }
  });

  await test.step('drops a file, and sees what is in it without its secrets, and that it would keep the seat after a change', async () => {
    const request = await machine.request('--component', `mac=M-${customer.mark}`);
    await page.goto('/search');
    await page.getByLabel('Choose file').setInputFiles(request);
    await expect(page.getByText('Opens', { exact: true })).toBeVisible();
    await expect(page.getByText(customer.code)).toHaveCount(0);
    await expect(page.getByText(`•••• ${customer.code.slice(-4)}`)).toBeVisible();

    await handIn(theirs, request);
    await expect(theirs.getByText(`This looks like your device “${machine.name}” after a change (mac).`)).toBeVisible();
    await expect(theirs.getByText('It keeps its seat; no second one is used.')).toBeVisible();
    await theirs.getByRole('button', { name: 'Get the answer' }).click();
    await expect(theirs.getByRole('heading', { name: /is ready$/ })).toBeVisible();
  });

  await test.step('reads the page of the device: leases, files, how its fingerprint changed, and writes a note', async () => {
    await find(page, machine.name);
    await found(page, 'Devices').first().click();
    await expect(page.getByRole('listitem').filter({ hasText: 'mac:' }).first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Leases' }).getByRole('row')).toHaveCount(3);
    await page.getByLabel('New note').fill('New network card; told them to keep it.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'New network card' })).toContainText(support);
    await theirs.goto(new URL(page.url()).pathname);
    await expect(theirs.getByText('New network card')).toHaveCount(0);
  });

  await test.step('looks as the member, under a banner, and changes nothing', async () => {
    await find(page, customer.member);
    await found(page, 'People').click();
    await page.getByRole('button', { name: 'See what they see' }).click();
    await expect(page.getByRole('complementary', { name: 'Looking as somebody else' })).toContainText('Mira Member');
    await page.goto(`/entitlements/${customer.entitlementId}`);
    await page.getByRole('button', { name: /^Refresh file for/ }).click();
    await expect(page.getByText('You are looking as somebody else, and can change nothing for them.')).toBeVisible();
    await expect(page.getByRole('code').filter({ hasText: /^view-only · [2-9A-Z]{6}$/ })).toBeVisible();
    await page.getByRole('button', { name: 'Leave their view' }).click();
    await expect(page.getByRole('heading', { name: 'Mira Member' })).toBeVisible();
    await page.goto(`/activity?customer=${customer.mark}`);
    await expect(page.getByText('looked at the portal as').first()).toBeVisible();
    await expect(page.getByText('(support) tried to refresh').first()).toBeVisible();
  });

  await test.step('makes a file anew, disables the entitlement, and enables it', async () => {
    await page.goto(`/entitlements/${customer.entitlementId}`);
    await page.getByRole('button', { name: /^Refresh file for/ }).click();
    await expect(page).toHaveURL(/\/files\//);
    await page.goto(`/entitlements/${customer.entitlementId}/disable`);
    await page.getByLabel('Why?').fill('The invoice is open');
    await page.getByRole('button', { name: 'Disable entitlement' }).click();
    await expect(page.getByText('Disabled. No more answers are given on it.')).toBeVisible();
    await page.goto(`/entitlements/${customer.entitlementId}/disable`);
    await page.getByLabel('Why?').fill('Paid');
    await page.getByRole('button', { name: 'Enable entitlement' }).click();
    await expect(page.getByText('Enabled. Files are answered again.')).toBeVisible();
  });

  await test.step('approves what a member asks for, and sends the mail of it again', async () => {
    await theirs.goto(await releaseAddress(theirs, customer, machine.name));
    await askAs(theirs, 'It is lost');
    await expect(theirs.getByText('You asked for the release.')).toBeVisible();
    await page.goto(new URL(theirs.url()).pathname);
    await page.getByRole('button', { name: 'Approve and release seat' }).click();
    await expect(page.getByText('You approved the claim, and the seat was released.')).toBeVisible();
    await expectMailed(page, 'Mira Member was told of the approval');
    await page.getByRole('button', { name: 'Send mails again' }).click();
    await expect(page.getByText('The mails were sent once more.')).toBeVisible();
    for (let mails = 0; mails < 2; mails += 1) {
      expect(await mailbox.next(customer.member)).toContain('Subject: Approved: release of the seat of');
    }
  });

  await test.step('releases a seat itself', async () => {
    const other = playMachine({ device, folder, customer, name: `Lathe ${customer.mark}` });
    await activate(operator, other, { as: customer.member, folder });
    await operator('entitlement', 'policy', customer.entitlementId, '--release-approval', 'no');
    await page.goto(await releaseAddress(page, customer, other.name));
    await releaseAs(page, 'It is broken');
    await expect(page.getByText('The seat was released and is free.')).toBeVisible();
  });
  await context.close();
});
