import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './helpers/fixtures';
import { answerOf, makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import { runCommand } from './helpers/run-command';

const NONSENSE = { name: '=manual.html', mimeType: 'text/html', buffer: Buffer.from('<!doctype html><title>Manual</title>') };

/** Hands in what no device wrote. Answers the trouble code of the refusal. */
async function beRefused(page: Page): Promise<string> {
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(NONSENSE);
  await expect(page.getByText('Nothing was changed.')).toBeVisible();
  const [, troubleCode = ''] = /· ([2-9A-Z]{6})$/.exec((await page.getByRole('code').textContent()) ?? '') ?? [];
  expect(troubleCode).not.toBe('');
  return troubleCode;
}

const events = (page: Page) => page.getByRole('main').getByRole('listitem');
const show = (page: Page) => page.getByRole('button', { name: 'Show', exact: true }).click();
const openFilter = (page: Page) => page.getByText('Filter', { exact: true }).click();

async function saveFrom(page: Page, link: RegExp, path: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  await file.saveAs(path);
  return readFileSync(path, 'utf8');
}

async function findRefused(page: Page, troubleCode: string): Promise<void> {
  await openFilter(page);
  await page.getByLabel('Refused attempts only').check();
  await show(page);
  await expect(page).toHaveURL(/refused=yes/);
  await expect(events(page)).toHaveCount(1);
  await expect(events(page)).toContainText('Mira Member handed in the file =manual.html, which was refused.');
  await expect(events(page)).toContainText(`Trouble code ${troubleCode}`);
  await page.getByRole('link', { name: 'Show everything' }).click();
  await expect(events(page).nth(1)).toBeVisible();
  await expect(page.getByLabel('Refused attempts only')).toBeHidden();
}

async function narrowDown(page: Page): Promise<void> {
  await openFilter(page);
  await page.getByLabel('What', { exact: true }).selectOption('Seats taken and released');
  await page.getByLabel('Who did it').fill('mira');
  await page.getByLabel('Device or entitlement').fill('line 7');
  await show(page);
  await expect(events(page)).toHaveCount(1);
  await expect(events(page)).toContainText('activated Press line 7');
  await page.getByLabel('To').fill('2020-01-01');
  await show(page);
  await expect(page.getByText('Nothing like this happened')).toBeVisible();
}

async function followLinks(page: Page): Promise<void> {
  await page.goto('/activity?kind=seats');
  await page.getByRole('link', { name: 'Press line 7' }).click();
  await page.getByRole('link', { name: 'Everything that happened to it' }).click();
  await expect(page).toHaveURL(/device=/);
  await expect(events(page).first()).toContainText('activated Press line 7');
  await page.getByRole('link', { name: 'Mira Member' }).first().click();
  await page.getByRole('link', { name: 'Everything they did' }).click();
  await expect(page).toHaveURL(/person=/);
  await expect(events(page).first()).toBeVisible();
  for (const sentence of await events(page).allTextContents()) expect(sentence).toMatch(/^(Refused: )?Mira Member/);
}

test('an administrator finds out who did what, and what was refused, without scripts', async ({
  browser,
  page: theirs,
  baseURL,
  device,
  operator,
  signedIn,
  folder,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 2 });
  await activate(operator, playMachine({ device, folder, customer, name: 'Press line 7' }), { as: customer.member, folder });
  await signedIn(customer.member);
  const troubleCode = await beRefused(theirs);

  await signedIn(customer.admin);
  const office = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  await office.addCookies(await theirs.context().cookies());
  const page = await office.newPage();
  await page.goto('/exchange');
  await page.getByRole('link', { name: 'Activity' }).first().click();
  await expect(page.getByText(`Mira Member activated Press line 7 on ${customer.title}, until`)).toBeVisible();
  await expect(page.getByText(`The vendor set up ${customer.title} with 2 seats.`)).toBeVisible();
  await expect(page.getByText('Ada Admin signed in.')).toBeVisible();
  await findRefused(page, troubleCode);
  await narrowDown(page);
  await followLinks(page);
  await office.close();
});

test('the export is accepted by the command line, which names the first entry that was changed by one byte', async ({
  page,
  device,
  operator,
  signedIn,
  folder,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  await activate(operator, playMachine({ device, folder, customer, name: 'Press line 7' }), { as: customer.member, folder });
  await signedIn(customer.admin);
  await page.goto('/activity');
  await expect(page.getByText('audit verify audit.jsonl --vendor vendor.json')).toBeVisible();
  const path = join(folder, 'audit.jsonl');
  const whole = await saveFrom(page, /^Download sealed export/, path);
  const verify = () => {
    const parameters = ['audit', 'verify', path, '--vendor', customer.vendorFile];
    return runCommand({ file: 'lib/operator/cli.ts', parameters, folder });
  };
  expect(await verify()).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Whole: \d+ entries/) });

  const lines = whole.split('\n');
  const changed = lines.findIndex((line) => line.includes('"action":"seat.taken"'));
  const { sequence } = JSON.parse(lines[changed] ?? '{}');
  writeFileSync(path, whole.replace('"action":"seat.taken"', '"action":"seat.taker"'));
  expect(await verify()).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining(`Broken: changed in line ${changed + 1} (entry ${sequence}).`),
  });
});

test('the list is a CSV file that no spreadsheet calculates, with the filter of the page', async ({
  page,
  operator,
  signedIn,
  folder,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  await signedIn(customer.member);
  const troubleCode = await beRefused(page);
  await signedIn(customer.admin);
  await page.goto('/activity?refused=yes');
  const text = await saveFrom(page, /^Export CSV/, join(folder, 'activity.csv'));
  const [head, row, end, ...more] = text.split('\r\n');
  expect(head).toMatch(/^\uFEFFWhen,Customer,Who,/);
  expect(row).toContain('"Mira Member handed in the file =manual.html, which was refused"');
  expect(row).toContain(`,${troubleCode},`);
  expect(row).toContain(",'=manual.html,");
  expect([end, more]).toEqual(['', []]);
});

test('a member sees what they did and what happened to what they use, and nothing of others', async ({
  page,
  device,
  operator,
  signedIn,
  folder,
  expectedConsoleErrors,
}) => {
  expectedConsoleErrors.push(/status of 404/);
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const other = await makeCustomer(operator, { folder, seats: 1 });
  const newcomer = `newcomer-${customer.mark}@example.com`;
  const named = ['--email', newcomer, '--name', 'Nora New', '--role', 'member', '--customer', customer.mark];
  await answerOf(await operator('user', 'create', ...named, '--json'));
  for (const one of [customer, other]) {
    await activate(operator, playMachine({ device, folder, customer: one, name: 'Press line 7' }), { as: one.member, folder });
  }

  await signedIn(newcomer);
  await page.goto('/activity');
  await expect(events(page)).toHaveCount(1);
  await expect(events(page)).toContainText('Nora New signed in.');
  await expect(page.getByText('Sealed export')).toHaveCount(0);
  await expect(page.getByLabel('Who did it')).toHaveCount(0);
  for (const asked of [
    `entitlement=${customer.entitlementId}`,
    `entitlement=${other.entitlementId}`,
    'about=Press',
    'who=Mira',
  ]) {
    await page.goto(`/activity?${asked}`);
    await expect(page.getByText('Nothing like this happened')).toBeVisible();
    const csv = await page.request.get(`/activity/csv?${asked}`);
    expect((await csv.text()).trim().split('\r\n')).toHaveLength(1);
  }
  for (const path of ['/activity/export', `/activity/export?customer=${customer.mark}`, '/activity?device=none']) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }

  await signedIn(customer.member);
  await page.goto('/activity');
  await expect(page.getByText(`Mira Member activated Press line 7 on ${customer.title}, until`)).toBeVisible();
  await expect(page.getByText('Nora New')).toHaveCount(0);
  await expect(page.getByText(other.title)).toHaveCount(0);

  await signedIn(customer.admin);
  expect((await page.request.get(`/activity/export?customer=${other.mark}`)).status()).toBe(404);
  await page.goto(`/activity?entitlement=${other.entitlementId}`);
  await expect(page.getByText('Nothing like this happened')).toBeVisible();

  await page.context().clearCookies();
  for (const path of ['/activity', '/activity/csv', '/activity/export']) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect([303, 307]).toContain(answer.status());
    expect(answer.headers().location).toContain('/sign-in');
  }
});
