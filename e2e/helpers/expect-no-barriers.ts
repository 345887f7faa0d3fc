import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { AxeResults, RunOnly, RunOptions } from 'axe-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS: RunOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const ALL: RunOptions = { runOnly: TAGS };
/** All other rules see the same in both themes. */
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** How a page is looked at, and what axe looks for then. */
interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly size: { readonly width: number; readonly height: number };
  readonly rules: RunOptions;
}

const LOOKS: readonly Look[] = [
  { colorScheme: 'dark', size: PHONE, rules: COLOURS },
  { colorScheme: 'dark', size: WIDE, rules: COLOURS },
  { colorScheme: 'light', size: PHONE, rules: ALL },
  { colorScheme: 'light', size: WIDE, rules: ALL },
];

declare global {
  /** Put on the page by the script of axe-core. */
  var axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } | undefined;
}

/** What axe finds wrong on the page as it is now, a line each. */
async function faultsOf(page: Page, options: RunOptions): Promise<string[]> {
  const hasAxe = await page.evaluate(() => globalThis.axe !== undefined);
  if (!hasAxe) await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    // Colours on their way to those of the other theme count when they have arrived. Where one arrives, another may set out that inherits it.
    const running = () => document.getAnimations().filter(({ playState }) => playState === 'running');
    for (let animations = running(); animations.length > 0; animations = running()) {
      for (const animation of animations) {
        if (animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY) animation.cancel();
        else animation.finish();
      }
    }
    const found = await globalThis.axe?.run(document, { ...rules, resultTypes: ['violations'] });
    if (found === undefined) return ['axe is not on the page'];
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
    );
  }, options);
}

/** Lets axe look at the page as it is now. It must find nothing. */
export async function expectNoBarriers(page: Page): Promise<void> {
  expect(await faultsOf(page, ALL), 'what axe finds').toEqual([]);
}

/**
 * Expects the page to have no barriers and not to scroll sideways, at both widths and in both themes, and leaves it wide and light. With
 * `AIRGATE_SHOTS` a picture of each is kept there. The page is loaded once: what styles make of it is all that differs.
 */
export async function expectNoBarriersAnywhere(page: Page, name: string): Promise<void> {
  const folder = process.env.AIRGATE_SHOTS;
  for (const { colorScheme, size, rules } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    const look = `${name}, ${colorScheme}, ${size.width} wide`;
    expect.soft(await faultsOf(page, rules), `what axe finds on ${look}`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(overflow, `sideways on ${look}`).toBe(0);
    if (folder === undefined) continue;
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size.width}.png`), fullPage: true });
  }
}
