import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectNoBarriersAnywhere } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import { createPerson, signIn } from './helpers/sign-in';

async function invite(page: Page, { email, name }: { email: string; name: string }): Promise<void> {
  await page.goto('/people');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Send invitation' }).click();
}

test('an administrator invites somebody, who signs in and uses what is assigned until they are removed, without scripts', async ({
  browser,
  baseURL,
  operator,
  mailbox,
  folder,
}) => {
  const { admin, product, entitlementId } = await makeCustomer(operator, { folder, seats: 3 });
  const options = { javaScriptEnabled: false, baseURL: baseURL ?? '' };
  const [office, home] = [await browser.newContext(options), await browser.newContext(options)];
  const [page, theirs] = [await office.newPage(), await home.newPage()];
  const email = `nora-${randomUUID()}@example.com`;
  await signIn(page, mailbox, { email: admin, next: '/people' });
  await invite(page, { email, name: 'Nora New' });
  await expect(page.getByRole('heading', { name: 'Nora New' })).toBeVisible();
  await expect(page.getByText('Accepted by the mail server')).toBeVisible();
  const mail = (await mailbox.next(email)).replace(/=\r?\n/g, '');
  for (const part of [new URL(options.baseURL).host, admin]) expect(mail).toContain(part);
  expect(mail).not.toMatch(/\/sign-in|\/api\//);

  await page.getByRole('checkbox', { name: new RegExp(product.replace('studio-', 'Studio ')) }).check();
  await page.getByRole('button', { name: 'Save what is assigned' }).click();
  await expect(page.getByText('What is assigned was saved.')).toBeVisible();
  await expect(page.getByRole('checkbox')).toBeChecked();

  await signIn(theirs, mailbox, { email, next: '/entitlements' });
  await expect(theirs.locator(`a[href="/entitlements/${entitlementId}"]`)).toBeVisible();
  await expect(theirs.getByRole('link', { name: 'People' })).toHaveCount(0);
  expect((await theirs.goto('/people'))?.status()).toBe(404);

  await page.goto('/people');
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Active');
  await page.getByRole('link', { name: 'Nora New' }).click();
  await page.getByRole('link', { name: 'Remove…' }).click();
  await expect(page.getByText('One entitlement is no longer assigned.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove Nora New' }).click();
  await expect(page.getByText('Removed, and signed out everywhere.')).toBeVisible();
  await theirs.goto('/entitlements');
  await expect(theirs.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await Promise.all([office.close(), home.close()]);
});

// Without scripts, because they would put back what was tampered with when the page wakes up.
test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('forms that were tampered with change nothing', async ({ page, operator, signedIn, folder }) => {
    const { admin, member } = await makeCustomer(operator, { folder, seats: 1 });
    const other = await makeCustomer(operator, { folder, seats: 1 });
    await signedIn(admin);
    await page.goto('/people');
    await page.getByRole('link', { name: 'Mira Member' }).click();
    await expect(page.getByRole('heading', { name: 'Mira Member' })).toBeVisible();
    const here = new URL(page.url()).pathname;

    await page.locator('input[name=role][value=member]').evaluate((field: HTMLInputElement) => {
      field.value = 'support';
    });
    await page.getByRole('button', { name: 'Change role' }).click();
    await expect(page).toHaveURL(/refused=input-refused/);
    await expect(page.getByText('Nothing was changed.')).toBeVisible();

    await page.goto(here);
    await page.getByRole('checkbox').evaluate((field: HTMLInputElement, id) => {
      field.value = id;
    }, other.entitlementId);
    await page.getByRole('button', { name: 'Save what is assigned' }).click();
    await expect(page).toHaveURL(/refused=not-found/);

    for (const address of [other.member, await createPerson(operator)]) {
      await invite(page, { email: address, name: 'Somebody' });
      await expect(page.getByText('The invitation is on its way.')).toBeVisible();
    }
    await invite(page, { email: member, name: 'Somebody' });
    await expect(page.getByText('Somebody with this address is among these people already.')).toBeVisible();
    await page.goto(here);
    await expect(page.getByRole('definition').filter({ hasText: 'Member' })).toBeVisible();
    await expect(page.getByRole('checkbox')).toBeChecked();
  });
});

test('the last administrator stays, whoever asks', async ({ page, operator, signedIn, folder }) => {
  const { admin } = await makeCustomer(operator, { folder, seats: 1 });
  await signedIn(admin);
  await page.goto('/people');
  await page.getByRole('link', { name: 'Ada Admin' }).click();
  await expect(page.getByRole('button', { name: 'Change role' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove Ada Admin' }).click();
  await expect(page.getByText('This is the only administrator of the customer')).toBeVisible();
  await page.goto('/people');
  await expect(page.getByRole('row').filter({ hasText: admin })).toContainText('Active');
});

test('the people table is a CSV file that no spreadsheet calculates', async ({ page, operator, signedIn, folder }) => {
  const { admin, member } = await makeCustomer(operator, { folder, seats: 1 });
  await signedIn(admin);
  await page.goto('/people');
  await invite(page, { email: `formula-${randomUUID()}@example.com`, name: '=1+1, "x"' });
  await page.goto('/people');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Export CSV/ }).click()]);
  await file.saveAs(join(folder, 'people.csv'));
  const bytes = readFileSync(join(folder, 'people.csv'));
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = bytes.toString('utf8').split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines.join('\n')).toContain(`Mira Member,${member},`);
  expect(lines.some((line) => line.startsWith('"\'=1+1, ""x""",'))).toBe(true);
});

test('the pages of people have no barriers, at any width, in both themes', async ({ page, operator, signedIn, folder }) => {
  const { admin } = await makeCustomer(operator, { folder, seats: 1 });
  await signedIn(admin);
  await page.goto('/people');
  await page.getByRole('link', { name: 'Mira Member' }).click();
  await expect(page.getByRole('heading', { name: 'Mira Member' })).toBeVisible();
  const here = new URL(page.url()).pathname;
  for (const [name, path] of Object.entries({ people: '/people', person: here, remove: `${here}/remove` })) {
    await page.goto(path);
    await expectNoBarriersAnywhere(page, name);
  }
});
