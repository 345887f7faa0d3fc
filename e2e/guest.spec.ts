import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectNoBarriersAnywhere } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import type { MadeCustomer } from './helpers/make-customer';
import { answerOf, makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import type { CommandResult } from './helpers/run-command';

type CommandLine = (...parameters: string[]) => Promise<CommandResult>;

/** A customer whose product lets guests exchange files. */
async function makeOpenCustomer(operator: CommandLine, sale: { folder: string; seats: number }): Promise<MadeCustomer> {
  const customer = await makeCustomer(operator, sale);
  await answerOf(await operator('product', 'set', customer.product, '--guest-exchange', 'on', '--json'));
  return customer;
}

const handIn = {
  async withScripts(page: Page, file: string) {
    await page.goto('/guest');
    await page.getByLabel('Choose file').setInputFiles(file);
  },
  async withoutScripts(page: Page, file: string) {
    await page.goto('/guest');
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Read the file' }).click();
  },
};

async function download(page: Page, to: string): Promise<string> {
  const link = page.getByRole('link', { name: /^Download .*\.activation-response$/ });
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  await file.saveAs(to);
  return readFileSync(to, 'utf8');
}

for (const [way, javaScriptEnabled] of [
  ['withScripts', true],
  ['withoutScripts', false],
] as const) {
  test(`a file is exchanged without an account, in one browser alone, ${way}`, async ({
    browser,
    baseURL,
    device,
    operator,
    folder,
  }) => {
    const customer = await makeOpenCustomer(operator, { folder, seats: 3 });
    const colleague = playMachine({ device, folder, customer, name: 'Colleague 1' });
    await activate(operator, colleague, { as: customer.member, folder });
    const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
    const request = await machine.request();
    const options = { javaScriptEnabled, baseURL: baseURL ?? '' };
    const [one, other] = [await browser.newContext(options), await browser.newContext(options)];
    const [page, theirs] = [await one.newPage(), await other.newPage()];

    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Exchange a file without an account' }).click();
    await expect(page.getByRole('heading', { name: 'Exchange a file without an account', level: 1 })).toBeVisible();
    await handIn[way](page, request);
    await expect(page.getByRole('heading', { name: `Activate Press line 7 on Studio ${customer.mark}` })).toBeVisible();
    await expect(page.getByText('2 of 3').first()).toBeVisible();
    await expect(page.getByText('Now 1 of 3')).toBeVisible();
    for (const secret of ['Colleague', `Works ${customer.mark}`, 'Term until']) {
      await expect(page.getByText(secret)).toHaveCount(0);
    }
    const address = page.url().replace(/\?.*/, '');
    for (const path of [address, `${address}/download`]) expect((await theirs.goto(path))?.status()).toBe(404);

    await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
    await expect(page.getByRole('heading', { name: 'The answer for Press line 7 is ready' })).toBeVisible();
    const answer = join(folder, 'answer');
    const bytes = await download(page, answer);
    await machine.apply(answer);
    for (const path of [address, `${address}/download`]) expect((await theirs.goto(path))?.status()).toBe(404);

    await handIn[way](theirs, request);
    await expect(theirs.getByText('Here is the same answer; no second seat was used.')).toBeVisible();
    await expect(theirs.getByText('2 of 3').first()).toBeVisible();
    expect(await download(theirs, join(folder, 'again'))).toBe(bytes);

    await handIn[way](page, await machine.deactivate());
    await expect(page.getByRole('heading', { name: 'Give back the seat of Press line 7' })).toBeVisible();
    await page.getByRole('button', { name: 'Free the seat' }).click();
    await expect(page.getByRole('heading', { name: 'The seat of Press line 7 is free again' })).toBeVisible();
    await expect(page.getByText('1 of 3').first()).toBeVisible();
    await one.close();
    await other.close();
  });

  test(`what a file does not prove is refused, and names nobody, ${way}`, async ({
    browser,
    baseURL,
    device,
    operator,
    folder,
  }) => {
    const customer = await makeOpenCustomer(operator, { folder, seats: 1 });
    const closed = await makeCustomer(operator, { folder, seats: 1 });
    await activate(operator, playMachine({ device, folder, customer, name: 'Colleague 1' }), { as: customer.member, folder });
    const context = await browser.newContext({ javaScriptEnabled, baseURL: baseURL ?? '' });
    const page = await context.newPage();
    const typo = { ...customer, code: 'AAAAA-AAAAA-AAAAA-AAAAA' };
    const nonsense = join(folder, 'manual.html');
    writeFileSync(nonsense, '<!doctype html><title>Manual</title>');
    const refused = [
      [await playMachine({ device, folder, customer, name: 'Press 2' }).request(), 'no-seat-free'],
      [await playMachine({ device, folder, customer: typo, name: 'Press 3' }).request(), 'guest-refused'],
      [await playMachine({ device, folder, customer: closed, name: 'Press 4' }).request(), 'guest-refused'],
      [nonsense, 'file-not-recognised'],
    ] as const;
    for (const [file, code] of refused) {
      await handIn[way](page, file);
      await expect(page.getByText('Nothing was changed.')).toBeVisible();
      await expect(page.getByRole('code')).toHaveText(new RegExp(`^${code} · [2-9A-HJ-NP-Z]{6}$`));
      await expect(page.getByText('Colleague')).toHaveCount(0);
      await expect(page.getByText('Who has the seats')).toHaveCount(0);
      await page.getByRole('link', { name: 'Choose another file' }).click();
      await expect(page.getByRole('heading', { name: 'Exchange a file without an account' })).toBeVisible();
    }
    await context.close();
  });
}

test('every page for guests can be read by everybody', async ({ page, device, operator, folder, expectedConsoleErrors }) => {
  expectedConsoleErrors.push(/status of 404/);
  const customer = await makeOpenCustomer(operator, { folder, seats: 2 });
  const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
  const lookAt = async (name: string) => {
    await expectNoBarriersAnywhere(page, name);
    await page.setViewportSize({ width: 390, height: 844 });
  };
  await page.goto('/guest');
  await lookAt('guest');
  await page.goto('/guest/00000000-0000-4000-8000-000000000000');
  await lookAt('guest-not-found');
  await handIn.withScripts(page, await machine.request());
  await expect(page.getByRole('heading', { name: /^Activate Press line 7/ })).toBeVisible();
  await lookAt('guest-preview');
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  await expect(page.getByRole('heading', { name: /is ready$/ })).toBeVisible();
  await lookAt('guest-done');
  await machine.apply(await downloaded(page, folder));
  await handIn.withScripts(page, await machine.deactivate());
  await expect(page.getByRole('heading', { name: /^Give back the seat/ })).toBeVisible();
  await lookAt('guest-preview-proof');
  await page.getByRole('button', { name: 'Free the seat' }).click();
  await expect(page.getByRole('heading', { name: /is free again$/ })).toBeVisible();
  await lookAt('guest-seat-returned');
});

async function downloaded(page: Page, folder: string): Promise<string> {
  const path = join(folder, 'answer');
  await download(page, path);
  return path;
}
