import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';

/** Saves what a click downloads, and answers its bytes. */
export async function downloadBy(
  page: Page,
  click: () => Promise<void>,
  path: string,
): Promise<{ file: Download; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  await file.saveAs(path);
  return { file, bytes: readFileSync(path) };
}
