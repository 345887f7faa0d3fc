import { randomUUID } from 'node:crypto';
import { expect, test } from './fixtures';
import { askForCode, codeFrom, createPerson, signIn, typeCode, wrongFor } from './sign-in';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a page behind the sign-in asks for an address, then a code, and is there after that', async ({
      page,
      mailbox,
      operator,
    }) => {
      const email = await createPerson(operator);
      await page.goto('/sessions');
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      const code = await askForCode(page, mailbox, email);
      await typeCode(page, `${code.slice(0, 3)} ${code.slice(3)}`);
      await expect(page).toHaveURL('/sessions');
      await expect(page.getByText('This browser')).toBeVisible();
    });

    test('a wrong code says how many tries are left, and the right one still works', async ({ page, mailbox, operator }) => {
      const email = await createPerson(operator);
      await page.goto('/sign-in');
      const code = await askForCode(page, mailbox, email);
      await typeCode(page, wrongFor(code));
      await expect(page.getByText('Tries left: 4.')).toBeVisible();
      await typeCode(page, code);
      await expect(page).not.toHaveURL(/sign-in/);
    });

    test('signing out ends the session, even for a copy of its cookie', async ({
      page,
      context,
      mailbox,
      operator,
      browser,
      baseURL,
    }) => {
      await signIn(page, mailbox, { email: await createPerson(operator), next: '/sessions' });
      const copy = await browser.newContext({ storageState: await context.storageState(), baseURL: baseURL ?? '' });
      const copiedPage = await copy.newPage();
      await copiedPage.goto('/sessions');
      await expect(copiedPage.getByText('This browser')).toBeVisible();
      await page.getByRole('button', { name: 'Sign out', exact: true }).filter({ visible: true }).first().click();
      await expect(page.getByText('You are signed out.')).toBeVisible();
      await copiedPage.goto('/sessions');
      await expect(copiedPage.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await copy.close();
    });
  });
}

test('a mail scanner that opens everything in the mail does not use the code up', async ({
  page,
  mailbox,
  operator,
  request,
}) => {
  const email = await createPerson(operator);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const mail = await mailbox.nextCode(email);
  const text = mail.replace(/=\r?\n/g, '');
  const addresses = new Set([...text.matchAll(/(?:https?:\/\/)?localhost:\d+[^\s"'<>]*/g)].map(([found]) => found));
  expect(addresses.size).toBeGreaterThan(0);
  for (const address of addresses) {
    const url = address.startsWith('http') ? address : `http://${address.replace(/[.,]$/, '')}`;
    await request.get(url);
    await request.head(url);
  }
  expect(text).not.toMatch(/https?:\/\/|href=/);
  const [, code = ''] = /^ {4}(\d{3} \d{3})\r?$/m.exec(mail) ?? [];
  await typeCode(page, code);
  await expect(page).not.toHaveURL(/sign-in/);
});

test('an unknown address sees the same pages as a known one', async ({ page, mailbox, operator }) => {
  const known = await createPerson(operator);
  const seen: string[] = [];
  for (const email of [known, `${randomUUID()}@example.com`]) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page.getByRole('heading', { name: 'Type your code' })).toBeVisible();
    const wrong = email === known ? wrongFor(codeFrom(await mailbox.nextCode(known))) : '123456';
    const before = await page.getByRole('main').textContent();
    await typeCode(page, wrong);
    await expect(page.getByText('Tries left: 4.')).toBeVisible();
    seen.push(`${before}\n${await page.getByRole('main').textContent()}`.replaceAll(email, 'the address'));
  }
  expect(seen[1]).toBe(seen[0]);
});

test('a newer code ends the older one, which says so', async ({ page, mailbox, operator, browser, baseURL }) => {
  const email = await createPerson(operator);
  await page.goto('/sign-in');
  const older = await askForCode(page, mailbox, email);
  const other = await browser.newContext({ baseURL: baseURL ?? '' });
  const otherPage = await other.newPage();
  await otherPage.goto('/sign-in');
  const newer = await askForCode(otherPage, mailbox, email);
  await typeCode(page, older);
  await expect(page.getByText('This code can no longer be used')).toBeVisible();
  await typeCode(otherPage, newer);
  await expect(otherPage).not.toHaveURL(/sign-in/);
  await other.close();
});

test('signing in never leads to another site', async ({ page, mailbox, operator, baseURL }) => {
  await page.goto(`/sign-in?next=${encodeURIComponent('//evil.example/')}`);
  await typeCode(page, await askForCode(page, mailbox, await createPerson(operator)));
  await expect(page).not.toHaveURL(/sign-in/);
  expect(new URL(page.url()).origin).toBe(baseURL);
});

test('all other browsers can be signed out from one', async ({ page, mailbox, operator, browser, baseURL }) => {
  const email = await createPerson(operator);
  const other = await browser.newContext({ baseURL: baseURL ?? '' });
  const otherPage = await other.newPage();
  await signIn(otherPage, mailbox, { email, next: '/sessions' });
  await signIn(page, mailbox, { email, next: '/sessions' });
  await page.getByRole('button', { name: 'Sign out all others' }).click();
  await expect(page.getByText('Signed out.')).toBeVisible();
  await otherPage.goto('/sessions');
  await expect(otherPage.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/sessions');
  await expect(page.getByText('This browser')).toBeVisible();
  await other.close();
});

test('a form that another site submits is refused, and nothing changes', async ({ page, mailbox, operator, request }) => {
  await signIn(page, mailbox, { email: await createPerson(operator), next: '/sessions' });
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  for (const path of ['/api/auth/sign-out', '/api/auth/code', '/api/auth/callback/credentials', '/sessions/end']) {
    const answer = await page.request.post(path, { headers, form: { others: 'yes' }, maxRedirects: 0 });
    expect(answer.status()).toBe(403);
  }
  expect((await request.get('/api/auth/session')).status()).toBe(404);
  await page.goto('/sessions');
  await expect(page.getByText('This browser')).toBeVisible();
});
