import { expect, test } from './fixtures';

test('pages let only their own scripts run, and cannot be framed', async ({ page, expectedConsoleErrors }) => {
  expectedConsoleErrors.push(/inline event handler violates/);
  const answer = await page.goto('/sign-in');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=-]+' 'strict-dynamic';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(answer?.headers()['x-powered-by']).toBeUndefined();

  // No nonce: the browser must not run it. The page's own scripts have one, and did run without an error on the console.
  const ran = await page.evaluate(() => {
    const script = document.createElement('div');
    script.innerHTML = '<img src="data:," onerror="window.name = \'ran\'">';
    document.body.append(script);
    return window.name;
  });
  expect(ran).toBe('');
});

test('each answer has a nonce of its own', async ({ request }) => {
  const nonces = await Promise.all(
    [1, 2].map(async () => /'nonce-[^']+'/.exec((await request.get('/sign-in')).headers()['content-security-policy'] ?? '')?.[0]),
  );
  expect(nonces[0]).toBeDefined();
  expect(nonces[0]).not.toBe(nonces[1]);
});
