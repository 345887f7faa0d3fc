import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Mailbox } from './mailbox';
import type { CommandResult } from './run-command';

type Operator = (...parameters: string[]) => Promise<CommandResult>;

/** Somebody of the vendor's support who can sign in and whom no other test uses. Answers the address. */
export async function createPerson(operator: Operator): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  const { exitCode, stderr } = await operator('user', 'create', '--email', email, '--name', 'Sam Porter', '--role', 'support');
  expect(exitCode, stderr).toBe(0);
  return email;
}

/** The code in a mail's source. */
export function codeFrom(mail: string): string {
  const found = /^ {4}(\d{3}) (\d{3})\r?$/m.exec(mail);
  if (found === null) throw new Error(`expected a code on a line of its own, found:\n${mail}`);
  return `${found[1]}${found[2]}`;
}

/** A code that is not the one. */
export function wrongFor(code: string): string {
  return code === '000000' ? '000001' : '000000';
}

/** Asks for a code on the sign-in page, and answers it from the mail. */
export async function askForCode(page: Page, mailbox: Mailbox, email: string): Promise<string> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('heading', { name: 'Type your code' })).toBeVisible();
  return codeFrom(await mailbox.nextCode(email));
}

/** Types a code into the page that asks for it. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code from the e-mail').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in, and lands on a page of the portal. */
export async function signIn(
  page: Page,
  mailbox: Mailbox,
  { email, next = '/exchange' }: { email: string; next?: string },
): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await typeCode(page, await askForCode(page, mailbox, email));
  await expect(page).toHaveURL(next);
}
