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
