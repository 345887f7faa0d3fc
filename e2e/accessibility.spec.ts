import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectNoBarriersAnywhere } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import { playMachine } from './helpers/play-machine';
import { showEveryPage } from './helpers/show-every-page';

test('every page can be read by everybody, on wide screens and on phones, by day and by night', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
  expectedConsoleErrors,
}) => {
  expectedConsoleErrors.push(/status of 404/);
  const pages = await showEveryPage({ page, device, operator, folder, signedIn });
  for (const { name, path, as } of pages) {
    if (as === null) await page.context().clearCookies();
    else await signedIn(as);
    await page.goto(path);
    await expectNoBarriersAnywhere(page, name);
  }
});

/** Where the focus is, and whether it can be seen: by its own outline, or by that of its label. */
async function focused(page: Page): Promise<{ name: string; seen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : null;
    const outlined = [element, label].some((one) => one != null && Number.parseFloat(getComputedStyle(one).outlineWidth) >= 2);
    return { name: (label ?? element).textContent.trim(), seen: outlined };
  });
}

test('a file is chosen, read and answered with the keyboard alone', async ({ page, device, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const request = readFileSync(await playMachine({ device, folder, customer, name: 'Press line 7' }).request(), 'utf8');
  await signedIn(customer.member);
  await page.goto('/exchange');
  // Long before it opens: the browser needs a moment until it hands choosers over.
  const chooser = page.waitForEvent('filechooser');

  await page.keyboard.press('Tab');
  expect(await focused(page)).toEqual({ name: 'Skip to content', seen: true });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toEqual({ name: 'Choose file', seen: true });
  await page.keyboard.press('Enter');
  await chooser;
  await page.keyboard.press('Tab');
  expect(await focused(page)).toEqual({ name: 'Paste text', seen: true });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('The text of the file, all of it')).toBeFocused();
  await page.keyboard.insertText(request);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toEqual({ name: 'Read the text', seen: true });
  await page.keyboard.press('Enter');

  const answer = page.getByRole('button', { name: 'Use a seat and get the answer' });
  await expect(answer).toBeVisible();
  await answer.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The answer for Press line 7 is ready' })).toBeVisible();
});

test('everything on a page that can be pressed is reached in order, and shows that it is', async ({ page, signedIn }) => {
  await signedIn('ines@hallmann.example.com');
  for (const path of ['/exchange', '/entitlements', '/devices', '/leases', '/activity?refused=yes', '/sessions']) {
    await page.goto(path);
    const count = await page.locator('a:visible, button:visible, summary:visible, input:not([type=hidden])').count();
    let reached = 0;
    for (; reached <= count + 20; reached += 1) {
      await page.keyboard.press('Tab');
      const isBody = await page.evaluate(() => document.activeElement === document.body);
      if (isBody) break;
      const { name, seen } = await focused(page);
      expect(seen, `focus on “${name}” of ${path}`).toBe(true);
    }
    expect(reached, path).toBeGreaterThanOrEqual(count - 1);
  }
});
