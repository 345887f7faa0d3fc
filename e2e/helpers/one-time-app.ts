import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';

const STEP_MS = 30_000;

/** An app for one-time codes on somebody's phone. */
export interface OneTimeApp {
  /** A code that was not used before: the present one, or the next, which already counts. */
  next(): string;
}

/** Takes a secret as the page shows it. */
function openApp(shown: string): OneTimeApp {
  const secret = Secret.fromBase32(shown.replaceAll(' ', ''));
  let used = 0;
  return {
    next() {
      used = Math.max(Math.floor(Date.now() / STEP_MS), used + 1);
      return TOTP.generate({ secret, algorithm: 'SHA1', digits: 6, period: 30, timestamp: used * STEP_MS });
    },
  };
}

/** Goes from the page of sign-ins to where the secret is shown, and takes it. */
export async function beginSetUp(page: Page): Promise<OneTimeApp> {
  await page.goto('/sessions');
  await page.getByRole('link', { name: 'Set up…' }).click();
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible();
  return openApp((await page.locator('#secret').textContent()) ?? '');
}

/** Types a first code where the secret is shown, and answers the recovery codes that follow. */
export async function confirmSetUp(page: Page, app: OneTimeApp): Promise<string[]> {
  await page.getByLabel('Code from your app').fill(app.next());
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeVisible();
  const recoveryCodes = await page.getByRole('main').getByRole('listitem').allTextContents();
  expect(recoveryCodes).toHaveLength(8);
  return recoveryCodes;
}

/** Switches the second factor on, and answers the app and the recovery codes, which the page shows. */
export async function switchOn(page: Page): Promise<{ app: OneTimeApp; recoveryCodes: string[] }> {
  const app = await beginSetUp(page);
  return { app, recoveryCodes: await confirmSetUp(page, app) };
}
