import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { downloadBy } from './helpers/download-by';
import { fromSetUp } from './helpers/environment';
import { expectNoBarriers } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import type { BuiltApplication, Members } from './helpers/licensespring-application';
import { buildApplication, contentOf, requestOf } from './helpers/licensespring-application';
import type { MadeCustomer } from './helpers/make-customer';
import { answerOf, makeCustomer } from './helpers/make-customer';

const sell = (operator: Parameters<typeof buildApplication>[0], customer: MadeCustomer, activations: number) =>
  buildApplication(operator, {
    url: fromSetUp('url'),
    product: customer.product,
    activations,
    more: ['--customer', customer.mark, '--assign', customer.member],
  });

/** Writes what the application writes on a machine without a network. */
function write(application: BuiltApplication, path: string, more: Members): string {
  writeFileSync(path, requestOf(application, { hardware_id: 'AA-01', ...more }));
  return path;
}

async function download(page: Page, to: string): Promise<Record<string, unknown>> {
  const link = page.getByRole('link', { name: /^Download / }).first();
  await downloadBy(page, () => link.click(), to);
  return contentOf({ text: readFileSync(to, 'utf8') });
}

async function handIn(page: Page, file: string): Promise<void> {
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(file);
}

async function expectSeats(page: Page, application: BuiltApplication, text: string): Promise<void> {
  await page.goto(`/entitlements/${application.entitlementId}`);
  await expect(page.getByText(text).first()).toBeVisible();
}

test('a licence is activated, refreshed, given back and activated elsewhere, with the seats and transfers counted', async ({
  page,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const application = await sell(operator, customer, 1);
  const on = (device: string, request: 'activation' | 'deactivation') =>
    write(application, join(folder, `ls_${request}.req`), { hardware_id: device, hostname: device, request });
  await signedIn(customer.member);

  await handIn(page, on('press-a', 'activation'));
  await expect(page.getByText('Now 0 of 1')).toBeVisible();
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  const first = await download(page, join(folder, 'ls_activation.lic'));
  expect(first).toMatchObject({ license_key: application.licenceKey, times_activated: 1, transfer_count: 0 });
  await expectSeats(page, application, '1 of 1');

  await page.getByRole('link', { name: 'press-a' }).first().click();
  await expect(page.getByRole('heading', { name: 'press-a', level: 1 })).toBeVisible();
  await page
    .getByRole('button', { name: /^Refresh file/ })
    .first()
    .click();
  await expect(page.getByRole('link', { name: 'Download license_refresh.lic' })).toBeVisible();
  const refreshed = await download(page, join(folder, 'license_refresh.lic'));
  expect(refreshed).toMatchObject({ device_id: first.device_id, times_activated: 1, transfer_count: 0 });

  await handIn(page, on('press-b', 'activation'));
  await expect(page.getByRole('code').filter({ hasText: 'no-seat-free' })).toBeVisible();

  await handIn(page, on('press-a', 'deactivation'));
  await page.getByRole('button', { name: 'Free the seat' }).click();
  await expect(page.getByRole('heading', { name: 'The seat of press-a is free again' })).toBeVisible();
  await expectSeats(page, application, '0 of 1');

  await handIn(page, on('press-b', 'activation'));
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  const second = await download(page, join(folder, 'second.lic'));
  expect(second).toMatchObject({ times_activated: 1, transfer_count: 1 });
  await expectSeats(page, application, '1 of 1');
});

for (const javaScriptEnabled of [true, false]) {
  const scripts = javaScriptEnabled ? 'with scripts' : 'without scripts';
  test.describe(scripts, () => {
    test.use({ javaScriptEnabled });

    /** Of software that leaves to the name of a file what it is for, which only the first version may. */
    const UNSAID = { hostname: 'press-a', request: undefined, schema_version: undefined };

    const bring = async (page: Page, place: string, file: string) => {
      await page.goto(place);
      await page.locator('input[type=file]').setInputFiles(file);
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Read the file' }).click();
      await expect(page.getByRole('heading', { name: 'What was it written for?' })).toBeVisible();
    };

    test('a file that does not say what it is for is asked about, and never guessed', async ({
      page,
      operator,
      folder,
      signedIn,
    }) => {
      const customer = await makeCustomer(operator, { folder, seats: 1 });
      const application = await sell(operator, customer, 2);
      await answerOf(await operator('licensespring', 'product', 'set', customer.product, '--schema', '1', '--json'));
      const file = write(application, join(folder, 'from-the-press.txt'), UNSAID);
      await signedIn(customer.member);
      await bring(page, '/exchange', file);
      if (javaScriptEnabled) await expectNoBarriers(page);
      await page.getByRole('button', { name: 'Activate the device' }).click();
      await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
      await expect(page.getByRole('heading', { name: 'The answer for press-a is ready' })).toBeVisible();
      // What took the seat does not give it back: the machine wrote another file for that.
      await bring(page, '/exchange', file);
      await page.getByRole('button', { name: 'Give the seat back' }).click();
      await expect(page.getByRole('code').filter({ hasText: 'request-id-reused' })).toBeVisible();
      await bring(page, '/exchange', write(application, join(folder, 'later-from-the-press.txt'), UNSAID));
      await page.getByRole('button', { name: 'Give the seat back' }).click();
      await page.getByRole('button', { name: 'Free the seat' }).click();
      await expect(page.getByRole('heading', { name: 'The seat of press-a is free again' })).toBeVisible();
    });

    test('somebody without an account is asked the same', async ({ page, operator, folder }) => {
      const customer = await makeCustomer(operator, { folder, seats: 1 });
      await answerOf(await operator('product', 'set', customer.product, '--guest-exchange', 'on', '--json'));
      const application = await sell(operator, customer, 2);
      await answerOf(await operator('licensespring', 'product', 'set', customer.product, '--schema', '1', '--json'));
      await bring(page, '/guest', write(application, join(folder, 'from-the-press.txt'), UNSAID));
      await page.getByRole('button', { name: 'Activate the device' }).click();
      await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
      await expect(page.getByRole('link', { name: 'Download ls_activation.lic' })).toBeVisible();
    });
  });
}

test('support looks into a file and sees no key in it', async ({ page, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const application = await sell(operator, customer, 1);
  const support = `support-${customer.mark}@example.com`;
  await answerOf(await operator('user', 'create', '--email', support, '--name', 'Sue', '--role', 'support', '--json'));
  await signedIn(support);
  await handIn(page, write(application, join(folder, 'ls_activation.req'), { hostname: 'press-a' }));
  await expect(page.getByRole('heading', { name: /^Activate press-a/ })).toBeVisible();
  await page.goto(page.url().replace('/exchange/', '/inspect/'));
  await expect(page.getByText('Shown is what it holds, with those masked.')).toBeVisible();
  await expect(page.getByText('"hardware_id": "AA-01"')).toBeVisible();
  const shown = await page.content();
  expect(shown).not.toContain(application.licenceKey);
  expect(shown).not.toContain(readFileSync(join(folder, 'ls_activation.req'), 'utf8').slice(0, 60));
});
