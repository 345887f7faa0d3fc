import type { Page } from '@playwright/test';
import { ageSessions } from './helpers/age-sessions';
import { expectNoBarriersAnywhere } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import type { Mailbox } from './helpers/mailbox';
import { makeCustomer } from './helpers/make-customer';
import { beginSetUp, confirmSetUp } from './helpers/one-time-app';
import { codeFrom, createPerson, signIn, wrongFor } from './helpers/sign-in';

/** The link of the mail that tells of a second factor. */
async function undoLink(mailbox: Mailbox, email: string): Promise<string> {
  const mail = (await mailbox.next(email, 'Your second factor is on')).replace(/=\r?\n/g, '');
  const [link] = /\/not-me\/[\w-]{43}/.exec(mail) ?? [];
  if (link === undefined) throw new Error(`expected a link that undoes, found:\n${mail}`);
  return link;
}

/** Has a code sent and types it, on the page that asks for it. */
async function showThatItIsMe(page: Page, mailbox: Mailbox, email: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Is it you?' })).toBeVisible();
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const code = codeFrom(await mailbox.nextCode(email));
  await page.getByLabel('Code from the e-mail').fill(wrongFor(code));
  await page.getByRole('button', { name: 'It is me' }).click();
  await expect(page.getByText('That is not the code from the newest message.')).toBeVisible();
  await page.getByLabel('Code from the e-mail').fill(code);
  await page.getByRole('button', { name: 'It is me' }).click();
  await expect(page.getByText('Thank you, it is you.')).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('who took a browser over cannot keep its owner out: switching on takes a code from the mail, and the mail undoes it', async ({
      page,
      mailbox,
      operator,
      browser,
      baseURL,
    }) => {
      const email = await createPerson(operator);
      await signIn(page, mailbox, { email, next: '/sessions' });
      await ageSessions(email, 11);
      await page.goto('/sessions/second-factor');
      await page.getByRole('button', { name: 'Set up', exact: true }).click();
      await showThatItIsMe(page, mailbox, email);
      await expect(page).toHaveURL(/^[^?]*\/sessions\/second-factor/);
      const app = await beginSetUp(page);
      await ageSessions(email, 0);
      await confirmSetUp(page, app);

      const link = await undoLink(mailbox, email);
      const elsewhere = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled });
      const theirs = await elsewhere.newPage();
      for (let round = 0; round < 2; round += 1) {
        await theirs.goto(link);
        await expect(theirs.getByRole('heading', { name: 'Was it not you?' })).toBeVisible();
      }
      await page.goto('/sessions');
      await expect(page.getByText('8 recovery codes left.')).toBeVisible();
      await theirs.getByRole('button', { name: 'Undo, and sign out everywhere' }).click();
      await expect(theirs.getByText('The second factor is off again')).toBeVisible();
      expect(await mailbox.next(email, 'Your second factor is off again')).toContain('signed out everywhere');
      await page.goto('/sessions');
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await theirs.goto(link);
      await expect(theirs.getByRole('heading', { name: 'Nothing to undo' })).toBeVisible();
      await signIn(theirs, mailbox, { email, next: '/sessions' });
      await elsewhere.close();
    });
  });
}

test('signing other browsers out, removing somebody and making a calendar address take a code from the mail', async ({
  page,
  mailbox,
  operator,
  folder,
}) => {
  const { admin } = await makeCustomer(operator, { folder, seats: 1 });
  await signIn(page, mailbox, { email: admin, next: '/people' });
  await page.getByRole('link', { name: 'Mira Member' }).click();
  await page.getByRole('link', { name: 'Remove…' }).click();
  await ageSessions(admin, 11);
  await page.getByRole('button', { name: 'Remove Mira Member' }).click();
  await showThatItIsMe(page, mailbox, admin);
  await page.getByRole('button', { name: 'Remove Mira Member' }).click();
  await expect(page.getByText('Removed, and signed out everywhere.')).toBeVisible();

  await ageSessions(admin, 11);
  await page.goto('/leases');
  await page.getByRole('button', { name: 'Make a calendar address' }).click();
  await expect(page.getByRole('heading', { name: 'Is it you?' })).toBeVisible();
  const other = await page.request.post('/sessions/end', { form: { others: 'yes' }, maxRedirects: 0 });
  expect([other.status(), other.headers().location]).toEqual([303, '/sessions/proof?next=%2Fsessions']);
  const signOut = page.getByRole('button', { name: 'Sign out', exact: true }).filter({ visible: true }).first();
  await signOut.click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
});

test('the pages that ask whether it is you have no barriers, at any width, in both themes', async ({
  page,
  mailbox,
  operator,
  folder,
}) => {
  const { member } = await makeCustomer(operator, { folder, seats: 1 });
  await signIn(page, mailbox, { email: member, next: '/sessions' });
  const app = await beginSetUp(page);
  await ageSessions(member, 11);
  await page.reload();
  await expect(page.getByText('The secret is shown again')).toBeVisible();
  await expectNoBarriersAnywhere(page, 'set-up-hidden');
  await page.getByRole('link', { name: 'Show that it is you' }).click();
  await expect(page.getByRole('heading', { name: 'Is it you?' })).toBeVisible();
  await expectNoBarriersAnywhere(page, 'proof-ask');
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByLabel('Code from the e-mail')).toBeVisible();
  await expectNoBarriersAnywhere(page, 'proof-waiting');
  await page.getByLabel('Code from the e-mail').fill(codeFrom(await mailbox.nextCode(member)));
  await page.getByRole('button', { name: 'It is me' }).click();
  await expectNoBarriersAnywhere(page, 'proof-done');
  await confirmSetUp(page, app);
  const link = await undoLink(mailbox, member);
  await page.goto(link);
  await expectNoBarriersAnywhere(page, 'not-me');
  await page.getByRole('button', { name: 'Undo, and sign out everywhere' }).click();
  await expect(page.getByRole('heading', { name: 'Undone' })).toBeVisible();
  await expectNoBarriersAnywhere(page, 'not-me-done');
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Nothing to undo' })).toBeVisible();
  await expectNoBarriersAnywhere(page, 'not-me-ended');
  await page.goto('/not-me/done?ended=yes');
  await expectNoBarriersAnywhere(page, 'not-me-refused');
});
