import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectNoBarriersAnywhere } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import type { Mailbox } from './helpers/mailbox';
import { makeCustomer } from './helpers/make-customer';
import { beginSetUp, confirmSetUp, switchOn } from './helpers/one-time-app';
import { askForCode, createPerson, signIn, typeCode } from './helpers/sign-in';

async function signOut(page: Page): Promise<void> {
  await page.goto('/exchange');
  await page.getByRole('button', { name: 'Sign out', exact: true }).filter({ visible: true }).first().click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
}

/** Types the right code from the mail, and is asked for the second factor. */
async function signInHalfWay(page: Page, mailbox: Mailbox, email: string): Promise<void> {
  await page.goto('/sign-in?next=/sessions');
  await typeCode(page, await askForCode(page, mailbox, email));
  await expect(page.getByRole('heading', { name: 'Type the code from your app' })).toBeVisible();
}

async function typeFactor(page: Page, label: 'Code from your app' | 'Recovery code', code: string): Promise<void> {
  if (label === 'Recovery code') await page.getByRole('link', { name: 'Use a recovery code instead' }).click();
  await page.getByLabel(label).fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const REFUSED = 'That code does not fit, or was used already.';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('somebody switches it on, signs in with their app and with recovery codes, each once, and switches it off', async ({
    page,
    mailbox,
    operator,
    folder,
  }) => {
    const email = await createPerson(operator);
    await signIn(page, mailbox, { email, next: '/sessions' });
    const { app, recoveryCodes } = await switchOn(page);
    const [first = '', second = '', third = ''] = recoveryCodes;
    expect(await mailbox.next(email, 'Your second factor is on')).toContain('Your second factor is on');
    const link = page.getByRole('link', { name: /^Download as text/ });
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    await file.saveAs(join(folder, 'codes.txt'));
    expect(readFileSync(join(folder, 'codes.txt'), 'utf8').split('\r\n').slice(3, -1)).toEqual(recoveryCodes);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await expect(page.getByText('8 recovery codes left.')).toBeVisible();
    await page.goto('/sessions/recovery-codes');
    await expect(page.getByText('Recovery codes are shown once')).toBeVisible();

    await signOut(page);
    await signInHalfWay(page, mailbox, email);
    await page.goto('/sessions');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goto('/sign-in/second-factor?next=/sessions');
    const code = app.next();
    await typeFactor(page, 'Code from your app', code);
    await expect(page).toHaveURL('/sessions');

    await signOut(page);
    await signInHalfWay(page, mailbox, email);
    await typeFactor(page, 'Code from your app', code);
    await expect(page.getByText(REFUSED)).toBeVisible();
    await typeFactor(page, 'Recovery code', first.toLowerCase());
    await expect(page).toHaveURL('/sessions');
    expect(await mailbox.next(email, 'A recovery code was used')).toContain('A recovery code was used');

    await signOut(page);
    await signInHalfWay(page, mailbox, email);
    await typeFactor(page, 'Recovery code', first);
    await expect(page.getByText(REFUSED)).toBeVisible();
    await page.getByLabel('Recovery code').fill(second);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL('/sessions');
    expect(await mailbox.next(email, 'A recovery code was used')).toContain('A recovery code was used');

    await page.getByRole('link', { name: 'Change…' }).click();
    const off = page.getByRole('region', { name: 'Switch off' });
    await off.getByRole('textbox').fill(first);
    await off.getByRole('button', { name: 'Switch off' }).click();
    await expect(page.getByText(REFUSED.slice(0, 20))).toBeVisible();
    await page.getByRole('region', { name: 'Switch off' }).getByRole('textbox').fill(third);
    await page.getByRole('region', { name: 'Switch off' }).getByRole('button').click();
    await expect(page.getByText('The second factor is off.')).toBeVisible();
    expect(await mailbox.next(email, 'Your second factor is off')).toContain('Your second factor is off');
    await signOut(page);
    await signIn(page, mailbox, { email, next: '/sessions' });
  });
});

test('a sign-in that waits goes on in its own browser only', async ({ page, mailbox, operator, browser, baseURL }) => {
  const email = await createPerson(operator);
  await signIn(page, mailbox, { email, next: '/sessions' });
  const { app } = await switchOn(page);
  await mailbox.next(email);
  await signOut(page);
  await signInHalfWay(page, mailbox, email);
  const other = await browser.newContext({ baseURL: baseURL ?? '' });
  const theirs = await other.newPage();
  await theirs.goto('/sign-in/second-factor');
  await expect(theirs.getByText('This sign-in was not finished in time, or was begun in another browser.')).toBeVisible();
  // All that the first browser has, but for what it waits with.
  const cookies = await page.context().cookies();
  await other.addCookies(cookies.filter(({ name }) => !name.endsWith('airgate.pending')));
  const form = { csrfToken: await page.locator('input[name=csrfToken]').inputValue(), code: app.next(), next: '/sessions' };
  const answer = await theirs.request.post('/api/auth/second-factor', { form, maxRedirects: 0 });
  expect(answer.headers().location).toContain('refused=second-factor-wait-ended');
  await typeFactor(page, 'Code from your app', form.code);
  await expect(page).toHaveURL('/sessions');
  await other.close();
});

test('an administrator resets it for somebody who lost their phone, and so does the operator', async ({
  page,
  operator,
  mailbox,
  folder,
  browser,
  baseURL,
}) => {
  const { admin, member } = await makeCustomer(operator, { folder, seats: 1 });
  const office = await browser.newContext({ baseURL: baseURL ?? '' });
  const desk = await office.newPage();
  await signIn(page, mailbox, { email: member, next: '/sessions' });
  await switchOn(page);
  await mailbox.next(member);
  await signIn(desk, mailbox, { email: admin, next: '/people' });
  await desk.getByRole('link', { name: 'Ada Admin' }).click();
  await expect(desk.getByRole('heading', { name: 'Ada Admin' })).toBeVisible();
  await expect(desk.getByRole('link', { name: 'Reset second factor…' })).toHaveCount(0);
  await desk.goto('/people');
  await desk.getByRole('link', { name: 'Mira Member' }).click();
  await desk.getByRole('link', { name: 'Reset second factor…' }).click();
  await expect(desk.getByRole('heading', { name: /^Reset the second factor/ })).toBeVisible();
  await expectNoBarriersAnywhere(desk, 'reset');
  await desk.getByRole('button', { name: 'Reset second factor' }).click();
  await expect(desk.getByText('The second factor was reset')).toBeVisible();
  expect(await mailbox.next(member, 'Your second factor was reset')).toContain('Your second factor was reset');
  await page.goto('/sessions');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await signIn(page, mailbox, { email: member, next: '/sessions' });

  await switchOn(page);
  await mailbox.next(member);
  const reset = ['user', 'reset-second-factor', '--email', member];
  expect(await operator(...reset)).toMatchObject({ exitCode: 0 });
  expect(await operator(...reset)).toMatchObject({ exitCode: 1 });
  await signIn(page, mailbox, { email: member, next: '/sessions' });
  await office.close();
});

test('the pages of the second factor have no barriers, at any width, in both themes', async ({ page, operator, mailbox }) => {
  const email = await createPerson(operator);
  await signIn(page, mailbox, { email, next: '/sessions' });
  await expectNoBarriersAnywhere(page, 'sessions-off');
  await page.goto('/sessions/second-factor');
  await expectNoBarriersAnywhere(page, 'begin');
  const app = await beginSetUp(page);
  await expectNoBarriersAnywhere(page, 'set-up');
  await page.goto('/sessions/second-factor?refused=second-factor-code-wrong');
  await expectNoBarriersAnywhere(page, 'set-up-refused');
  await confirmSetUp(page, app);
  await expectNoBarriersAnywhere(page, 'recovery-codes');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('Keep the recovery codes apart')).toBeVisible();
  await expectNoBarriersAnywhere(page, 'sessions-on');
  await page.goto('/sessions/recovery-codes');
  await expectNoBarriersAnywhere(page, 'recovery-codes-gone');
  await page.goto('/sessions/second-factor');
  await expectNoBarriersAnywhere(page, 'change');
  await mailbox.next(email);
  await signOut(page);
  await signInHalfWay(page, mailbox, email);
  await expectNoBarriersAnywhere(page, 'sign-in-app');
  await typeFactor(page, 'Code from your app', '000000');
  await expect(page.getByText(REFUSED)).toBeVisible();
  await expectNoBarriersAnywhere(page, 'sign-in-refused');
  await page.getByRole('link', { name: 'Use a recovery code instead' }).click();
  await expect(page.getByLabel('Recovery code')).toBeVisible();
  await expectNoBarriersAnywhere(page, 'sign-in-recovery');
});
