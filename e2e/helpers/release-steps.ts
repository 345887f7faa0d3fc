import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { expectNoBarriersAnywhere } from './expect-no-barriers';
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
  const shown = async () => {
    await page.reload();
    return line.textContent();
  };
  await expect.poll(shown).toContain('Taken by the mail server');
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

/** Looks at pages by day and by night, wide and on a phone: nothing for axe to find, and no scrolling sideways. `AIRGATE_SHOTS` keeps pictures. */
export async function expectGood(page: Page, shown: readonly Shown[], signedIn: (email: string) => Promise<void>): Promise<void> {
  for (const { name, path, as } of shown) {
    await signedIn(as);
    await page.goto(path);
    await expectNoBarriersAnywhere(page, name);
  }
}
