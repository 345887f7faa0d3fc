import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import axe from 'axe-core';
import type { MadeCustomer } from './make-customer';
import { TERMS } from './make-customer';

const BY_ALL = ['--release', 'at-once', '--release-by', 'member,admin,support'];

/** Terms under which everybody releases seats, which are free at once. */
export const AT_ONCE = [...TERMS, ...BY_ALL, '--release-limit', '3/30'];

/** The same, but somebody else has to agree. */
export const WITH_APPROVAL = [...TERMS, ...BY_ALL, '--release-approval', 'yes'];

/** Hands a file in as a browser without scripts does, and opens its preview. Answers the address. */
export async function handIn(page: Page, path: string): Promise<string> {
  const file = { name: path.split('/').at(-1) ?? '', mimeType: 'text/plain', buffer: readFileSync(path) };
  const answer = await page.request.post('/exchange/upload', { multipart: { file }, maxRedirects: 0 });
  const address = answer.headers().location ?? '';
  await page.goto(address);
  return address;
}

/** Releases a seat on the page that is open. */
export async function releaseAs(page: Page, reason: string): Promise<void> {
  await page.getByRole('radio', { name: reason }).check();
  await page.getByRole('button', { name: 'Release seat' }).click();
}

/** Asks for the release of a seat on the page that is open. */
export async function askAs(page: Page, reason: string, note = ''): Promise<void> {
  await page.getByRole('radio', { name: reason }).check();
  await page.getByLabel('Anything to add').fill(note);
  await page.getByRole('button', { name: 'Ask for the release' }).click();
}

/** Waits on the page of a claim until somebody was mailed about it, and the page says so. */
export async function expectMailed(page: Page, told: string): Promise<void> {
  const line = page.getByRole('listitem').filter({ hasText: told });
  await expect(async () => {
    await page.reload();
    await expect(line).toContainText('Taken by the mail server', { timeout: 500 });
  }).toPass({ timeout: 15_000 });
}

/** Opens the entitlement. Answers the address of the page that releases the seat of a device. */
export async function releaseAddress(page: Page, { entitlementId }: MadeCustomer, name: string): Promise<string> {
  await page.goto(`/entitlements/${entitlementId}`);
  const link = page.getByRole('link', { name: new RegExp(`elease… the seat of ${name}`) });
  return (await link.getAttribute('href')) ?? '';
}

/** A page of the portal by what it shows, and for whom. */
export interface Shown {
  readonly name: string;
  readonly path: string;
  readonly as: string;
}

const TWO_LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
] as const;
const ALL_LOOKS = [...TWO_LOOKS, { colorScheme: 'light', width: 390 }, { colorScheme: 'dark', width: 1280 }] as const;

/** Looks at pages by day and by night, wide and on a phone: nothing for axe to find, and no scrolling sideways. `AIRGATE_SHOTS` keeps pictures. */
export async function expectGood(page: Page, shown: readonly Shown[], signedIn: (email: string) => Promise<void>): Promise<void> {
  for (const { name, path, as } of shown) {
    await signedIn(as);
    for (const { colorScheme, width } of process.env.AIRGATE_SHOTS === undefined ? TWO_LOOKS : ALL_LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await page.evaluate(axe.source);
      const found = await page.evaluate(
        'axe.run().then((r) => r.violations.map((v) => v.id + " " + v.nodes.map((n) => n.html).join(" ")))',
      );
      expect.soft(found, `what axe finds on ${name}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect.soft(overflow, `${name} at ${width}`).toBe(0);
      const folderOfShots = process.env.AIRGATE_SHOTS;
      const picture = `${name}-${colorScheme}-${width}.png`;
      if (folderOfShots !== undefined) await page.screenshot({ path: join(folderOfShots, picture), fullPage: true });
    }
  }
}
