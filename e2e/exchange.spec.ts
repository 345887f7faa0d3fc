import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import { activate, answerFile, playMachine } from './helpers/play-machine';

/** Lets go of a file over the page, as a person who drags it there. */
async function drop(page: Page, path: string): Promise<void> {
  const carried = await page.evaluateHandle(
    ({ name, text }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name));
      return transfer;
    },
    { name: basename(path), text: readFileSync(path, 'utf8') },
  );
  const target = page.getByRole('main');
  await target.dispatchEvent('dragenter', { dataTransfer: carried });
  await expect(page.getByText('Let go to read it')).toBeVisible();
  await page.getByText('Let go to read it').dispatchEvent('drop', { dataTransfer: carried });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByText('Paste text').click();
  await page.getByLabel('The text of the file, all of it').fill(text);
  await page.getByRole('button', { name: 'Read the text' }).click();
}

function bareToken(path: string): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines
    .slice(
      lines.indexOf('') + 1,
      lines.findIndex((line) => line.startsWith('-----END')),
    )
    .join('');
}

const WAYS: Readonly<Record<string, (page: Page, path: string) => Promise<void>>> = {
  'dropped on the page': drop,
  chosen: (page, path) => page.getByLabel('Choose file').setInputFiles(path),
  'pasted as text': (page, path) => paste(page, readFileSync(path, 'utf8')),
  'pasted as its token alone': (page, path) => paste(page, bareToken(path)),
};

for (const [way, handIn] of Object.entries(WAYS)) {
  test(`a file is ${way}, and nothing changes before the reader says so`, async ({
    page,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 2 });
    const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
    await signedIn(customer.member);
    await page.goto('/exchange');
    await handIn(page, await machine.request());
    await expect(page.getByRole('heading', { name: `Activate Press line 7 on ${customer.title}` })).toBeVisible();
    await expect(page.getByText('Now 0 of 2')).toBeVisible();
    await page.goto(`/entitlements/${customer.entitlementId}`);
    await expect(page.getByText('No device has a seat yet')).toBeVisible();
  });
}

test('two files dropped at once are not sent', async ({ page, device, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 2 });
  const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
  await signedIn(customer.member);
  await page.goto('/exchange');
  const carried = await page.evaluateHandle(
    (text) => {
      const transfer = new DataTransfer();
      for (const name of ['one.activation-request', 'two.activation-request']) transfer.items.add(new File([text], name));
      return transfer;
    },
    readFileSync(await machine.request(), 'utf8'),
  );
  await page.getByRole('main').dispatchEvent('dragenter', { dataTransfer: carried });
  await page.getByText('Let go to read it').dispatchEvent('drop', { dataTransfer: carried });
  await expect(page.getByText('Drop one file at a time. Nothing was sent.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Waiting for your decision')).toHaveCount(0);
});

test('the same file again leads to the same answer, byte for byte, and takes no second seat', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 2 });
  const request = await playMachine({ device, folder, customer, name: 'Press line 7' }).request();
  const { answer } = await answerFile(operator, { file: request, as: customer.member, folder });
  await signedIn(customer.member);
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(request);
  await expect(page.getByRole('heading', { name: 'The answer for Press line 7 is ready' })).toBeVisible();
  await expect(page.getByText('This file was handed in before. Here is the same answer; no second seat was used.')).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Download / }).click()]);
  expect(file.suggestedFilename()).toBe('Press line 7.activation-response');
  expect(readFileSync(await file.path())).toEqual(readFileSync(answer ?? ''));
  await expect(page.getByText('1 of 2').first()).toBeVisible();
});

test('the answer can be copied, and is what the download is', async ({ page, context, device, operator, folder, signedIn }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const customer = await makeCustomer(operator, { folder, seats: 2 });
  const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
  await signedIn(customer.member);
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(await machine.request());
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  await page.getByRole('button', { name: 'Copy the text of the file' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const answer = await page.request.get(`${page.url().replace(/\?.*/, '')}/download`);
  expect(answer.headers()['content-disposition']).toContain('attachment');
  expect(answer.headers()['cache-control']).toBe('private, no-store, no-transform');
  expect(copied).toBe(await answer.text());
});

test('a file that was only looked at waits on the front page, until it is answered', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 2 });
  const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
  await signedIn(customer.member);
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(await machine.request());
  await page.getByRole('link', { name: 'Not now' }).click();
  const waiting = page.getByRole('region', { name: 'Waiting for your decision' }).getByRole('listitem');
  await expect(waiting).toContainText('Press line 7');
  await waiting.getByRole('link', { name: /^Go on/ }).click();
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  await expect(page.getByRole('heading', { name: 'The answer for Press line 7 is ready' })).toBeVisible();
  await page.goto('/exchange');
  await expect(page.getByRole('heading', { name: 'Last exchanges' })).toBeVisible();
  await expect(waiting).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Last exchanges' })).toContainText('Press line 7 activated');
});

test('at no seat free the holders are named, and the file goes on once a device gave its seat back', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const by = { as: customer.member, folder };
  const old = playMachine({ device, folder, customer, name: 'Old press' });
  await activate(operator, old, by);
  await signedIn(customer.member);
  await page.goto('/exchange');
  const request = await playMachine({ device, folder, customer, name: 'New press' }).request();
  await page.getByLabel('Choose file').setInputFiles(request);
  const refused = page.getByRole('heading', { name: 'No seat of this entitlement is free (1 bought).' });
  await expect(refused).toBeVisible();
  await expect(page.getByText('Nothing was changed.')).toBeVisible();
  await expect(page.getByRole('link', { name: `admin-${customer.mark}@example.com` })).toBeVisible();
  await page.getByRole('link', { name: 'Old press' }).click();
  await expect(page.getByRole('heading', { name: 'Old press', level: 1 })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'Look again' }).click();
  await expect(refused).toBeVisible();

  await answerFile(operator, { file: await old.deactivate(), ...by });
  await page.getByRole('link', { name: 'Look again' }).click();
  await expect(page.getByRole('heading', { name: `Activate New press on ${customer.title}` })).toBeVisible();
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  await expect(page.getByRole('heading', { name: 'The answer for New press is ready' })).toBeVisible();
});
