import { installPortal } from '@/e2e/bench/bench-portal';
import type { BenchServer } from '@/e2e/bench/bench-server';
import { startBenchServer } from '@/e2e/bench/bench-server';
import { LIMITS } from '@/e2e/bench/findings';
import { measurePageWeight } from '@/e2e/bench/measures/measure-page-weight';
import { measureQueries } from '@/e2e/bench/measures/measure-queries';
import { startWebPortal } from '@/e2e/bench/web-portal';
import { expect, test } from './helpers/fixtures';

test.describe('budgets that are the same on every machine', () => {
  let server: BenchServer;
  test.beforeAll(async () => {
    server = await startBenchServer();
  });
  test.afterAll(() => server.stop());

  test('the exchange page loads little JavaScript above an empty page', async () => {
    const database = await server.create('budget_weight');
    const installation = await installPortal(database, { entitlements: 1 });
    const portal = await startWebPortal(installation, database);
    const { exchangeBytes, emptyBytes } = await measurePageWeight(portal).finally(() => portal.stop());
    expect(emptyBytes).toBeGreaterThan(50_000);
    expect(exchangeBytes).toBeGreaterThan(emptyBytes);
    expect((exchangeBytes - emptyBytes) / 1000).toBeLessThanOrEqual(LIMITS.pageWeightKb);
  });

  test('no page asks the database more often when there is more to show', async () => {
    const database = await server.create('budget_queries');
    const installation = await installPortal(database, { entitlements: 1 });
    const startPortal = () => startWebPortal(installation, database);
    const pages = await measureQueries({ server, database, installation, startPortal });
    expect(pages.map(({ page }) => page)).toEqual(['exchange', 'entitlements', 'one entitlement', 'devices', 'one device']);
    for (const { page, few, many, grewBy } of pages) {
      expect(few, `statements of ${page}`).toBeGreaterThan(0);
      expect(many, `statements of ${page}`).toBe(few);
      if (page !== 'exchange') expect(grewBy, `characters more of ${page}`).toBeGreaterThan(1000);
    }
  });
});
