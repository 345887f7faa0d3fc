import { expect, test } from './helpers/fixtures';

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

test('every answer has a policy, whoever gives it, and no picture is made smaller for anybody', async ({ request }) => {
  const paths = [
    ...[
      '/',
      '/sign-in',
      '/nothing',
      '/favicon.ico',
      '/favicon.icons',
      '/icon.svg',
      '/icon.svgz',
      '/%zz',
      '/exchange',
      '/devices/1/2',
    ],
    ...[
      '/v1/ping',
      '/v1/nothing',
      '/api/nothing',
      '/api/auth/code',
      '/calendar/x.ics',
      '/guest',
      '/guest/upload',
      '/_next/static/x.js',
    ],
    ...['/_next/image?url=%2Ficon.svg&w=64&q=75', '/_next/nothing', '/_global-error', '/sign-in/', '/sign-in//x'],
  ];
  for (const path of paths) {
    const answer = await request.get(path, { maxRedirects: 0 });
    const headers = answer.headers();
    expect(headers['content-security-policy'], path).toMatch(/default-src '(none|self)'; .*frame-ancestors 'none'/);
    expect([headers['x-content-type-options'], headers['x-frame-options']], path).toEqual(['nosniff', 'DENY']);
    expect(headers['strict-transport-security'], path).toBeUndefined();
    expect(answer.status(), path).toBeLessThan(500);
  }
  expect((await request.get('/_next/image?url=%2Ficon.svg&w=64&q=75')).status()).toBe(404);
  expect((await request.get('/favicon.ico')).headers()['content-type']).toBe('image/svg+xml');
});

test('each answer has a nonce of its own', async ({ request }) => {
  const nonces = await Promise.all(
    [1, 2].map(async () => /'nonce-[^']+'/.exec((await request.get('/sign-in')).headers()['content-security-policy'] ?? '')?.[0]),
  );
  expect(nonces[0]).toBeDefined();
  expect(nonces[0]).not.toBe(nonces[1]);
});
