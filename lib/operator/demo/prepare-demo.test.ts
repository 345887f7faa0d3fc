import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DatabasePool } from '@/db/client';
import { openDatabase } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import type { DemoSetting } from '@/lib/settings/settings';
import { SettingsError } from '@/lib/settings/settings-error';
import { DEMO_PEOPLE } from './demo-people';
import { DEMO_ACTOR, markFilling, readDemoState } from './demo-state';
import { prepareDemo } from './prepare-demo';

const FOR_REAL: DemoSetting = { wanted: 'off', usedForReal: 'DATABASE_URL is set' };
const SAID_ON: DemoSetting = { wanted: 'on', usedForReal: null };

let database: TestDatabase;
let dataDir: string;
let owner: DatabasePool;

beforeEach(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'airgate-demo-'));
  owner = openDatabase({ url: database.ownerUrl, connections: 1 });
});
afterEach(async () => {
  await owner.close();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** As a portal that was given this database in `DATABASE_URL`. */
function start(demo: DemoSetting) {
  const { url: appUrl, ownerUrl } = database;
  const place = { appUrl, ownerUrl, masterKey: Buffer.alloc(32, 7).toString('base64url'), dataDir, prepare: true };
  return prepareDemo(place, { demo, database: { appUrl, ownerUrl } });
}

const writeAudit = (actor: string) =>
  owner.db.execute(
    sql`insert into audit_entries (at, actor, role, action) values (clock_timestamp(), ${actor}, 'operator', 'vendor.created')`,
  );
const countEntries = async () => (await owner.db.execute(sql`select from audit_entries`)).length;

test('fills an empty database where that is said, and once', async () => {
  expect(await start(SAID_ON)).toEqual({ isEmpty: false, people: DEMO_PEOPLE });
  const entries = await countEntries();
  expect(entries).toBeGreaterThan(100);
  expect(await start(SAID_ON)).toEqual({ isEmpty: false, people: DEMO_PEOPLE });
  expect(await countEntries()).toBe(entries);
  expect(await readDemoState(owner.db)).toBe('demo');
});

test('leaves an empty database empty where it is not said, and data of somebody’s own as it is where it is', async () => {
  expect(await start(FOR_REAL)).toEqual({ isEmpty: true, people: [] });
  await writeAudit('operator');
  expect(await start(SAID_ON)).toEqual({ isEmpty: false, people: [] });
  expect(await countEntries()).toBe(1);
});

test('refuses a database that was filled half, takes nothing away, and says how to empty it', async () => {
  await markFilling(owner.db, true);
  await writeAudit(DEMO_ACTOR);
  await expect(start(SAID_ON)).rejects.toThrow(SettingsError);
  await expect(start(SAID_ON)).rejects.toThrow(/half of the demo: .*Empty it as its owner \(.+\) or name another/);
  expect(await countEntries()).toBe(1);
  const told = await start(SAID_ON).catch((error: Error) => error.message);
  await owner.db.execute(/as its owner \((.+?)\)/.exec(String(told))?.[1] ?? '');
  await migrateDatabase({ ownerUrl: database.ownerUrl, appUrl: database.url });
  expect(await readDemoState(owner.db)).toBe('empty');
});

test('a portal that is used for real does not run on demo data, whole or half, and says what to do', async () => {
  await writeAudit(DEMO_ACTOR);
  await expect(start(FOR_REAL)).rejects.toThrow(
    /demo vendor, .* DATABASE_URL is set, .*another DATA_DIR, .* AIRGATE_DEMO=on to go on/,
  );
  await markFilling(owner.db, true);
  await expect(start(FOR_REAL)).rejects.toThrow(/demo vendor/);
});
