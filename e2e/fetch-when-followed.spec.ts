import { expect, test } from './helpers/fixtures';

test('a page asks the server for others when they are followed, and not before', async ({ page, signedIn }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.headers().rsc !== undefined) asked.push(new URL(request.url()).pathname);
  });
  await signedIn('ines@hallmann.example.com');
  await page.goto('/entitlements', { waitUntil: 'networkidle' });
  expect(asked).toEqual([]);
  await page.getByRole('link', { name: 'Devices' }).filter({ visible: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Devices', level: 1 })).toBeVisible();
  expect(asked).toEqual(['/devices']);
});
