import { join } from 'node:path';
import { expect, test } from './helpers/fixtures';
import { showEveryPage } from './helpers/show-every-page';

/** Where the pictures of the README go: `AIRGATE_SCREENSHOTS=docs/screenshots npx playwright test e2e/screenshots.spec.ts`. */
const folderOfPictures = process.env.AIRGATE_SCREENSHOTS;

const DESK = { size: { width: 1280, height: 800 }, colorScheme: 'light' } as const;
const POCKET = { size: { width: 390, height: 780 }, colorScheme: 'dark' } as const;

const PICTURES = [
  { file: 'exchange', shows: 'exchange-waiting', ...DESK },
  { file: 'preview', shows: 'preview', ...DESK },
  { file: 'done', shows: 'done', ...DESK },
  { file: 'entitlement', shows: 'entitlement', ...DESK },
  { file: 'phone', shows: 'preview', ...POCKET },
];

// Makes pictures and tests nothing, so only when asked.
if (folderOfPictures !== undefined) {
  test('the pictures of the README', async ({ page, device, operator, folder, signedIn }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const pages = await showEveryPage({ page, device, operator, folder, signedIn });
    for (const { file, shows, size, colorScheme } of PICTURES) {
      const shown = pages.find(({ name }) => name === shows);
      if (shown === undefined || shown.as === null) throw new Error(`expected a page ${shows} of a person, found none`);
      await signedIn(shown.as);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      // The answer's page is shown as it is at first, not as when the same file comes again.
      await page.goto(shown.path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (page.url().endsWith('?again=yes')) await page.goto(page.url().replace('?again=yes', ''));
      await page.screenshot({ path: join(folderOfPictures, `${file}.png`) });
    }
  });
}
