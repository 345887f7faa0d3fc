import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { downloadBy } from './helpers/download-by';
import { fromSetUp } from './helpers/environment';
import { expect, test } from './helpers/fixtures';
import { openMailbox } from './helpers/mailbox';
import { makeCustomer } from './helpers/make-customer';
import { switchOn } from './helpers/one-time-app';
import { activate, playMachine } from './helpers/play-machine';
import { AT_ONCE, releaseAddress, releaseAs } from './helpers/release-steps';
import { askForReminders, attachmentOf } from './helpers/reminder-steps';
import { signIn } from './helpers/sign-in';

/** A day before its end is some seconds after its beginning. */
const TERMS = AT_ONCE.map((term) => (term === 'P90D' ? 'P1DT3S' : term));

async function download(page: Page, path: string): Promise<Buffer> {
  const get = () =>
    page
      .getByRole('link', { name: /^Download/ })
      .first()
      .click();
  return (await downloadBy(page, get, path)).bytes;
}

test('the day of a member: everything about their own devices, without writing to anybody', async ({
  page,
  browser,
  baseURL,
  request,
  device,
  operator,
  folder,
  mailbox,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 3, terms: TERMS });
  let reminders = mailbox;
  const machine = (name: string) => playMachine({ device, folder, customer, name });
  const press = machine('Press 7');
  await activate(operator, press, { as: customer.member, folder });
  // Somebody else activates by the same code.
  await activate(operator, machine('Saw 2'), { as: customer.admin, folder });

  await test.step('signs in with the code of a mail, and sees entitlements and every activation on them', async () => {
    await signIn(page, mailbox, { email: customer.member, next: '/entitlements' });
    await page.getByRole('link', { name: customer.title }).click();
    for (const name of ['Press 7', 'Saw 2'])
      await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Active');
    await expect(page.getByRole('link', { name: 'People' })).toHaveCount(0);
  });

  await test.step('renames a device; a name that is none is refused with a trouble code', async () => {
    await page.getByRole('link', { name: 'Press 7', exact: true }).click();
    await page.getByText('Edit…').click();
    await page.getByLabel('Name', { exact: true }).fill('five ----- hyphens');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Name: one line of 1 to 100 characters')).toBeVisible();
    await expect(page.getByRole('code').filter({ hasText: /^input-refused · [2-9A-Z]{6}$/ })).toBeVisible();
    await page.getByText('Edit…').click();
    await page.getByLabel('Name', { exact: true }).fill('Press 8');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Press 8', level: 1 })).toBeVisible();
  });

  await test.step('gets a refresh file from the list of leases, and it applies on the device', async () => {
    await page.goto('/leases?within=7');
    await page.getByRole('button', { name: 'Refresh file for Press 8' }).click();
    await expect(page).toHaveURL(/\/files\//);
    const path = join(folder, 'press-8.refresh');
    expect((await download(page, path)).toString('utf8')).toContain('BEGIN REFRESH');
    await press.apply(path);
    // On a slow machine a reminder of the lease before was mailed by now.
    reminders = openMailbox(fromSetUp('mail'));
  });

  await test.step('chooses when to be reminded, and gets mail with the file before the lease ends', async () => {
    await page.goto('/leases#reminders');
    await page.getByRole('checkbox', { name: '7 days before' }).uncheck();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved. This holds from the next mail on.')).toBeVisible();
    await page.goto('/leases');
    const row = page.getByRole('row').filter({ hasText: 'Press 8' });
    const shown = async () => {
      await askForReminders();
      await page.reload();
      return row.textContent();
    };
    await expect.poll(shown).toContain('With the file that was mailed. Without it:');
    const read = async (): Promise<string> => {
      const mail = await reminders.nextReminder(customer.member);
      return mail.includes('filename="Press 8.refresh"') ? mail : read();
    };
    const path = join(folder, 'mailed.refresh');
    writeFileSync(path, attachmentOf(await read(), 'Press 8.refresh'));
    await press.apply(path);
  });

  await test.step('has the ends of leases in a calendar, by an address that can be revoked', async () => {
    await page.getByRole('button', { name: 'Make a calendar address' }).click();
    const address = await page.getByLabel('Calendar address', { exact: true }).inputValue();
    expect((await (await request.get(address)).text()).replaceAll('\r\n ', '')).toContain('SUMMARY:Lease ends: Press 8\r\n');
    await page.getByRole('button', { name: 'Revoke the address' }).click();
    await expect(page.getByText('The calendar address is revoked.')).toBeVisible();
    expect((await request.get(address)).status()).toBe(404);
  });

  await test.step('frees their own seat', async () => {
    const seat = await releaseAddress(page, customer, 'Press 8');
    await page.goto(seat);
    await releaseAs(page, 'It is broken');
    await expect(page.getByText('The seat was released and is free.')).toBeVisible();
  });

  await test.step('reads the history of all that', async () => {
    await page.goto('/activity');
    for (const sentence of [
      'Mira Member tried to rename Press 8.',
      'Mira Member renamed Press 7 to Press 8.',
      'chose to be reminded 30 and 1 days before a lease ends',
      'The portal refreshed Press 8',
      'Mira Member revoked their calendar link.',
      'Mira Member released the seat of Press 8',
      'Ada Admin activated Saw 2',
    ]) {
      await expect(page.getByText(sentence).first(), sentence).toBeVisible();
    }
  });

  await test.step('adds a second factor, which signs their other browsers out and is asked for from then on', async () => {
    const elsewhere = await browser.newContext({ baseURL: baseURL ?? '' });
    const other = await elsewhere.newPage();
    await signIn(other, mailbox, { email: customer.member, next: '/devices' });
    const { app } = await switchOn(page);
    await other.goto('/devices');
    await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect(await mailbox.next(customer.member)).toMatch(/Subject: .*second factor/i);

    await other.getByLabel('E-mail address').fill(customer.member);
    await other.getByRole('button', { name: 'Send me a code' }).click();
    const [, first = '', last = ''] = /^ {4}(\d{3}) (\d{3})\r?$/m.exec(await mailbox.next(customer.member)) ?? [];
    await other.getByLabel('Code from the e-mail').fill(first + last);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByLabel('Code from your app').fill(app.next());
    await other.getByRole('button', { name: 'Sign in' }).click();
    await expect(other).toHaveURL('/devices');

    await page.goto('/sessions');
    await page.getByRole('button', { name: 'Sign out all others' }).click();
    await expect(page.getByText('Signed out.')).toBeVisible();
    await other.goto('/devices');
    await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await elsewhere.close();
  });
});
