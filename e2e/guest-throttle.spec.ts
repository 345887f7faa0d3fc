import type { Installation } from '@/e2e/bench/bench-portal';
import { installPortal, openPortal, PRODUCT } from '@/e2e/bench/bench-portal';
import type { BenchDatabase, BenchServer } from '@/e2e/bench/bench-server';
import { startBenchServer } from '@/e2e/bench/bench-server';
import type { WebPortal } from '@/e2e/bench/web-portal';
import { startWebPortal } from '@/e2e/bench/web-portal';
import { changeProduct } from '@/lib/operations/catalogue/change-product';
import { perform } from '@/lib/operations/operation';
import { expect, test } from './helpers/fixtures';

// A portal of its own: being held back counts for everybody behind one address, and that nothing is offered counts for the whole portal.
let server: BenchServer;
let portal: WebPortal;
let installation: Installation;
let database: BenchDatabase;

test.beforeAll(async () => {
  server = await startBenchServer();
  database = await server.create('guests');
  installation = await installPortal(database, { entitlements: 1 });
  portal = await startWebPortal(installation, database);
});

test.afterAll(async () => {
  await portal.stop();
  await server.stop();
});

async function allowGuests(guestExchange: boolean): Promise<void> {
  const { masterKey } = installation;
  const actor = { role: 'operator', label: 'operator' } as const;
  const { context, close } = openPortal({ url: database.appUrl, masterKey, actor, connections: 1 });
  const result = await perform(changeProduct, { code: PRODUCT, guestExchange }, context);
  await close();
  expect(result.ok).toBe(true);
}

test('the exchange without an account is not there until a product offers it, and holds back who sends too much', async ({
  page,
  expectedConsoleErrors,
}) => {
  expectedConsoleErrors.push(/status of 404/);
  const link = page.getByRole('link', { name: 'Exchange a file without an account' });
  const upload = (data: Buffer, headers: Record<string, string> = {}) =>
    page.request.post(`${portal.url}/guest/upload`, { headers, data, maxRedirects: 0 });
  await page.goto(`${portal.url}/sign-in`);
  await expect(link).toHaveCount(0);
  for (const path of ['/guest', '/guest/00000000-0000-4000-8000-000000000000']) {
    expect((await page.goto(portal.url + path))?.status()).toBe(404);
  }
  const closed = await upload(Buffer.from('x'));
  expect(closed.headers().location).toBe('/guest?refused=not-found');
  expect(closed.headers()['set-cookie']).toBeUndefined();

  await allowGuests(true);
  await page.goto(`${portal.url}/sign-in`);
  await link.click();
  await expect(page.getByRole('heading', { name: 'Exchange a file without an account' })).toBeVisible();

  const boundary = { 'content-type': 'multipart/form-data; boundary=x' };
  const bodies = ['no parts', '--x\r\n\r\n\r\n--x--', 'text=%00%ff', '\u0000', '', 'A'.repeat(300_000)];
  for (let round = 0; round < 20; round += 1) {
    const answer = await upload(Buffer.from(bodies[round % bodies.length] ?? ''), round % 2 === 0 ? boundary : {});
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toMatch(/^\/guest\/[0-9a-f-]{36}$/);
    expect(answer.headers()['set-cookie']).toMatch(
      /^airgate\.visitor=[0-9a-f.-]+; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/,
    );
  }
  const held = await upload(Buffer.from('once more'));
  expect(held.headers().location).toMatch(/^\/guest\?refused=too-many-attempts&until=/);
  await page.goto(portal.url + held.headers().location);
  await expect(page.getByText(/Wait until \d\d:\d\d UTC, then try again\. Nothing was changed\./)).toBeVisible();

  await allowGuests(false);
  expect((await page.goto(`${portal.url}/guest`))?.status()).toBe(404);
});
