import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectNoBarriersAnywhere } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import type { MadeCustomer } from './helpers/make-customer';
import { makeCustomer } from './helpers/make-customer';
import { askForCode, createPerson, signIn, typeCode } from './helpers/sign-in';

async function invite(page: Page, email: string): Promise<string> {
  await page.goto('/people');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Name', { exact: true }).fill('Nora New');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText('The invitation is on its way.')).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Whose account the reader is shown with. */
async function expectAt(page: Page, { mark }: MadeCustomer): Promise<void> {
  await expect(page.getByText(`Works ${mark}`).filter({ visible: true }).first()).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('whoever is invited by several customers chooses, and the operator moves and deletes them', async ({
      page,
      mailbox,
      operator,
      folder,
      signedIn,
      browser,
      baseURL,
      expectedConsoleErrors,
    }) => {
      expectedConsoleErrors.push(/status of 404/);
      const [first, second] = [
        await makeCustomer(operator, { folder, seats: 1 }),
        await makeCustomer(operator, { folder, seats: 1 }),
      ];
      const email = `nora-${randomUUID()}@example.com`;
      await signedIn(first.admin);
      await invite(page, email);
      expect(await mailbox.next(email, 'You are invited')).toContain(first.mark);
      await signedIn(second.admin);
      const herPage = await invite(page, email);
      await expect(page.getByText('Lasts until')).toBeVisible();
      await expect(page.getByText('also known elsewhere')).toHaveCount(0);
      await mailbox.next(email, 'You are invited');

      const home = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled });
      const theirs = await home.newPage();
      await theirs.goto('/sign-in?next=/sessions');
      await typeCode(theirs, await askForCode(theirs, mailbox, email));
      await expect(theirs.getByRole('heading', { name: 'Whose invitation do you accept?' })).toBeVisible();
      await expect(theirs.getByRole('listitem')).toHaveCount(2);
      if (javaScriptEnabled) await expectNoBarriersAnywhere(theirs, 'invitations');
      await theirs.getByRole('button', { name: `Join Works ${second.mark}` }).click();
      await expect(theirs).toHaveURL('/sessions');
      await expectAt(theirs, second);

      await signedIn(await createPerson(operator));
      await page.goto(herPage);
      await expect(page.getByText('also known elsewhere')).toBeVisible();
      await expect(page.getByRole('link', { name: `Works ${first.mark}` })).toBeVisible();
      if (javaScriptEnabled) await expectNoBarriersAnywhere(page, 'person-known-elsewhere');

      expect(await operator('user', 'move', '--email', email, '--customer', first.mark)).toMatchObject({ exitCode: 0 });
      await theirs.goto('/sessions');
      await signIn(theirs, mailbox, { email, next: '/sessions' });
      await expectAt(theirs, first);
      const deleted = await operator('user', 'delete', '--email', email);
      expect(deleted.stdout).toContain('Deleted');
      await theirs.goto('/sessions');
      await expect(theirs.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      expect((await page.goto(herPage))?.status()).toBe(404);
      await home.close();
    });
  });
}

test('whoever has an account elsewhere is told by mail how to change over, and whoever invites sees nothing of it', async ({
  page,
  mailbox,
  operator,
  folder,
  signedIn,
}) => {
  const [home, other] = [await makeCustomer(operator, { folder, seats: 1 }), await makeCustomer(operator, { folder, seats: 1 })];
  await signedIn(other.admin);
  await invite(page, home.member);
  await expect(page.getByText('Accepted by the mail server')).toBeVisible();
  const mail = (await mailbox.next(home.member, 'You are invited')).replace(/=\r?\n/g, '');
  expect(mail).toContain(`for Works ${home.mark}, and an address can have one account only`);
  await signedIn(home.member);
  await page.goto('/sessions');
  await expectAt(page, home);
});
