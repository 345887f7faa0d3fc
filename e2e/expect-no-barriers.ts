import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import axe from 'axe-core';

/** Lets axe look at the page as it is now. It must find nothing. */
export async function expectNoBarriers(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    'axe.run().then((r) => r.violations.map((v) => v.id + " " + v.nodes.map((n) => n.html).join(" ")))',
  );
  expect(found, 'what axe finds').toEqual([]);
}

/**
 * Expects the page to have no barriers and not to scroll sideways, at both widths and in both themes, and leaves it wide and light. With
 * `AIRGATE_SHOTS` a picture of each is kept there.
 */
export async function expectNoBarriersAnywhere(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    for (const width of [390, 1280]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
      await expectNoBarriers(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${name} at ${width}`).toBe(0);
      const folder = process.env.AIRGATE_SHOTS;
      if (folder !== undefined)
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
}
