import type { BrowserContext } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Mailbox } from './mailbox';
import { codeFrom } from './sign-in';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Sessions of this process, so that a person signs in once for all tests of a file. */
const opened = new Map<string, Cookies>();

/** Signs a browser in by the forms of the sign-in pages, without showing them. */
export async function openSession(context: BrowserContext, mailbox: Mailbox, email: string): Promise<void> {
  await context.clearCookies();
  const cookies = opened.get(email) ?? (await signIn(context, mailbox, email));
  opened.set(email, cookies);
  await context.addCookies(cookies);
}

async function signIn(context: BrowserContext, mailbox: Mailbox, email: string): Promise<Cookies> {
  const asked = await context.request.post('/api/auth/code', { form: { email, next: '/sessions' } });
  const [, csrfToken = ''] = /name="csrfToken" value="([^"]+)"/.exec(await asked.text()) ?? [];
  const code = codeFrom(await mailbox.nextCode(email));
  const form = { csrfToken, code, next: '/sessions' };
  const answer = await context.request.post('/api/auth/callback/credentials', { form, maxRedirects: 0 });
  expect(answer.headers().location, `signing in as ${email}`).toBe('/sessions');
  return context.cookies();
}
