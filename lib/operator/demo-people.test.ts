import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '@/db/client';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { markSeeding } from './demo/seed-marker';
import { seedDemoPeople } from './demo-people';
import { SettingsError } from './launch/settings';
import type { DemoSetting } from './launch/start-settings';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const start = (demo: DemoSetting) =>
  seedDemoPeople({ appUrl: database.url, ownerUrl: database.ownerUrl, masterKey: 'A'.repeat(43) }, demo);

async function mark(action: 'demo.began' | 'demo.ended'): Promise<void> {
  const { db, close } = openDatabase({ url: database.url, connections: 1 });
  await markSeeding(db, action).finally(close);
}

test('a portal that is used for real does not run on demo data, whole or half, and says what to do', async () => {
  const forReal = { fills: false, usedForReal: 'DATABASE_URL is set' };
  await expect(start(forReal)).resolves.toEqual([]);
  await mark('demo.began');
  await expect(start(forReal)).rejects.toThrow(SettingsError);
  await mark('demo.ended');
  await expect(start(forReal)).rejects.toThrow(
    /demo vendor, .* DATABASE_URL is set, .*another DATA_DIR, .* AIRGATE_DEMO=on to go on/,
  );
});

test('a portal that is tried runs on demo data that is there, also without filling any', async () => {
  await mark('demo.ended');
  await expect(start({ fills: false, usedForReal: null })).resolves.toEqual([]);
});
