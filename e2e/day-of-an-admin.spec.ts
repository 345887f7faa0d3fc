import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { downloadBy } from './helpers/download-by';
import { expect, test } from './helpers/fixtures';
import { REFUSED } from './helpers/mail-server';
import { makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import { AT_ONCE, askAs, expectMailed, handIn, releaseAddress, releaseAs } from './helpers/release-steps';
import { signIn } from './helpers/sign-in';

async function invite(page: Page, { email, name }: { email: string; name: string }): Promise<void> {
  await page.goto('/people');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Send invitation' }).click();
}

const plain = (mail: string) => mail.replace(/=\r?\n/g, '');
const events = (page: Page) => page.getByRole('main').getByRole('listitem');

test('the day of an administrator: people, seats, files and what happened, without writing to anybody', async ({
  page,
  browser,
  baseURL,
  device,
  operator,
  folder,
  mailbox,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 2, terms: [...AT_ONCE, '--reinstalls', '2'] });
  const machine = (name: string) => playMachine({ device, folder, customer, name });
  const machines = new Map(['Press 1', 'Saw 2', 'Press 3'].map((name) => [name, machine(name)]));
  for (const name of ['Press 1', 'Saw 2']) {
    await activate(operator, machines.get(name) ?? machine(name), { as: customer.member, folder });
  }
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const theirs = await context.newPage();
  await signIn(page, mailbox, { email: customer.admin, next: '/people' });

  await test.step('invites somebody by mail, gives and takes what they may use, and makes them an administrator', async () => {
    const email = `nora-${randomUUID()}@example.com`;
    await invite(page, { email, name: 'Nora New' });
    await expect(page.getByText('Accepted by the mail server')).toBeVisible();
    const mail = plain(await mailbox.next(email));
    for (const part of [new URL(baseURL ?? '').host, customer.admin]) expect(mail).toContain(part);
    await page.getByRole('button', { name: 'Send invitation again' }).click();
    await expect(page).toHaveURL(/done=invited/);
    expect(plain(await mailbox.next(email))).toContain(customer.admin);
    // The answer to the form draws the page anew, and takes back what was ticked meanwhile.
    await page.reload();
    await page.getByRole('checkbox', { name: new RegExp(`Studio ${customer.mark}`) }).check();
    await page.getByRole('button', { name: 'Save what is assigned' }).click();
    await expect(page.getByText('What is assigned was saved.')).toBeVisible();
    await signIn(theirs, mailbox, { email, next: '/entitlements' });
    await expect(theirs.getByRole('link', { name: customer.title })).toBeVisible();

    await page.getByRole('radio', { name: 'Administrator' }).check();
    await page.getByRole('button', { name: 'Change role' }).click();
    await expect(page.getByText('The role was changed. It takes effect at once.')).toBeVisible();
    await theirs.goto('/people');
    await expect(theirs.getByRole('heading', { name: 'People' })).toBeVisible();
    await page.getByRole('link', { name: 'Remove…' }).click();
    await page.getByRole('button', { name: 'Remove Nora New' }).click();
    await expect(page.getByText('Removed, and signed out everywhere.')).toBeVisible();
    await theirs.goto('/entitlements');
    await expect(theirs.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  });

  await test.step('sees what the mail server refuses, and sends it again', async () => {
    await invite(page, { email: `${REFUSED}${randomUUID()}@example.com`, name: '=Rita "Refused"' });
    await expect(page.getByText('550 5.1.1 no such mailbox')).toBeVisible();
    await page.getByRole('button', { name: 'Send invitation again' }).click();
    await expect(page).toHaveURL(/done=invited/);
    await expect(page.getByText('Mail refused')).toBeVisible();
  });

  await test.step('finds no seat free, releases one from there, and the file is one click from its answer', async () => {
    const file = await handIn(page, (await machines.get('Press 3')?.request()) ?? '');
    await expect(page.getByRole('heading', { name: 'No seat of this entitlement is free' })).toBeVisible();
    for (const name of ['Press 1', 'Saw 2']) {
      await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText(/Until .* Last exchange/);
    }
    await page.getByRole('link', { name: 'Release… the seat of Press 1' }).click();
    await expect(page.getByText(/may go on running until/)).toBeVisible();
    const seat = new URL(page.url()).pathname;
    await releaseAs(page, 'It is broken');
    await expect(page).toHaveURL(new RegExp(file));
    await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
    await expect(page.getByRole('heading', { name: 'The answer for Press 3 is ready' })).toBeVisible();
    await page.goto(seat);
    await expect(page.getByText('This cannot be undone. The seat has been used again')).toBeVisible();
  });

  await test.step('undoes a release while its seat was not used again', async () => {
    await page.goto(await releaseAddress(page, customer, 'Saw 2'));
    await releaseAs(page, 'It is lost');
    await expect(page.getByText('The seat was released and is free.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo release' }).click();
    await expect(page.getByText('The release was undone.')).toBeVisible();
  });

  await test.step('gets all refresh files as one zip, and the table of seats for a spreadsheet', async () => {
    await page.goto(`/entitlements/${customer.entitlementId}`);
    const click = () => page.getByRole('button', { name: 'Refresh files for all 2 devices' }).click();
    const { file, bytes } = await downloadBy(page, click, join(folder, 'all.zip'));
    await expect(page.getByText(`2 files in ${file.suggestedFilename()}.`)).toBeVisible();
    const files = unzipSync(bytes);
    expect(Object.keys(files).sort()).toEqual(['Press 3.refresh', 'Saw 2.refresh']);
    writeFileSync(join(folder, 'saw.refresh'), files['Saw 2.refresh'] ?? '');
    await machines.get('Saw 2')?.apply(join(folder, 'saw.refresh'));
    const seats = () => page.getByRole('link', { name: /^Export CSV/ }).click();
    const lines = (await downloadBy(page, seats, join(folder, 'seats.csv'))).bytes.toString('utf8').split('\r\n');
    expect(lines.filter((line) => line.includes(',active,'))).toHaveLength(2);
    await page.goto('/people');
    await downloadBy(page, () => page.getByRole('link', { name: /^Export CSV/ }).click(), join(folder, 'people.csv'));
    expect(readFileSync(join(folder, 'people.csv'), 'utf8')).toContain(`"'=Rita ""Refused"""`);
    expect(await (await page.request.get('/entitlements/export')).text()).toContain(`Studio ${customer.mark},Pro,`);
  });

  await test.step('answers a claim that a member made, each told by mail', async () => {
    await operator('entitlement', 'policy', customer.entitlementId, '--release-approval', 'yes');
    await signIn(theirs, mailbox, { email: customer.member, next: '/devices' });
    await theirs.goto(await releaseAddress(theirs, customer, 'Saw 2'));
    await askAs(theirs, 'It was stolen', 'From the van');
    await expect(theirs.getByText('You asked for the release.')).toBeVisible();
    const asked = plain(await mailbox.next(customer.admin));
    expect(asked).toContain('Subject: Please answer: release of the seat of Saw 2');
    const [address = ''] = /\/claims\/[0-9a-f-]{36}/.exec(asked) ?? [];
    await page.goto(address);
    await expectMailed(page, 'Ada Admin was asked to answer');
    await page.getByRole('button', { name: 'Send mails again' }).click();
    await expect(page.getByText('The mails were sent once more.')).toBeVisible();
    expect(plain(await mailbox.next(customer.admin))).toContain('Subject: Please answer');
    await page.getByLabel('Your answer').fill('Sorry to hear that');
    await page.getByRole('button', { name: 'Approve and release seat' }).click();
    await expect(page.getByText('You approved the claim, and the seat was released.')).toBeVisible();
    expect(plain(await mailbox.next(customer.member))).toContain('Subject: Approved: release of the seat of Saw 2');
    await theirs.goto(address);
    await expect(theirs.getByText('Sorry to hear that')).toBeVisible();
  });

  await test.step('sees what was refused: a file of a member, and an act of their own, each with its trouble code', async () => {
    const nonsense = join(folder, 'manual.html');
    writeFileSync(nonsense, '<!doctype html><title>Manual</title>');
    await handIn(theirs, nonsense);
    const quoted = (await theirs.getByRole('code').textContent()) ?? '';
    await page.goto('/people');
    await page.getByRole('link', { name: 'Mira Member' }).click();
    await page.getByRole('button', { name: 'Send lease reminder again' }).click();
    await expect(page.getByText('No lease that this person is reminded of ends soon.')).toBeVisible();
    const own = (await page.getByRole('code').filter({ hasText: 'nothing-to-remind' }).textContent()) ?? '';
    expect(own).toMatch(/^nothing-to-remind · [2-9A-Z]{6}$/);

    await page.goto('/activity');
    await page.getByText('Filter', { exact: true }).click();
    await page.getByLabel('Refused attempts only').check();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(page).toHaveURL(/refused=yes/);
    const refused = events(page);
    await expect(refused.filter({ hasText: `Trouble code ${own.slice(-6)}` })).toContainText('Ada Admin tried to remind');
    await expect(refused.filter({ hasText: `Trouble code ${quoted.slice(-6)}` })).toContainText(
      'Mira Member handed in the file manual.html, which was refused.',
    );
  });
  await context.close();
});
