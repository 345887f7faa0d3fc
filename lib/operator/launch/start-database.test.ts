import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openDatabase } from '@/db/client';
import { loadPasswords, roleUrl } from '@/db/embedded/embedded-roles';
import type { DemoSetting } from '@/lib/settings/settings';
import { SettingsError } from '@/lib/settings/settings-error';
import { readDemoState } from '../demo/demo-state';
import { ROOT } from './root';
import type { RunningDatabase } from './start-database';
import { startDatabase } from './start-database';

const dataDir = mkdtempSync(join(tmpdir(), 'airgate-start-'));
let running: RunningDatabase | null = null;

afterEach(async () => {
  await running?.stop();
  running = null;
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const masterKey = Buffer.alloc(32, 7).toString('base64url');
const inputFor = (wanted: DemoSetting['wanted']) => ({
  ...{ dataDir, masterKey },
  settings: { database: null, databasePrepare: true, demo: { wanted, usedForReal: null } },
});

async function ask<Answer>(url: string, act: (db: ReturnType<typeof openDatabase>['db']) => Promise<Answer>): Promise<Answer> {
  const { db, close } = openDatabase({ url, connections: 1 });
  return act(db).finally(close);
}

const listDatabases = async (url: string) =>
  (await ask(url, (db) => db.execute<{ name: string }>(sql`select datname as name from pg_database order by 1`)))
    .map(({ name }) => name)
    .filter((name) => name.startsWith('airgate'));

/** Fills little: what belongs to whom is seen by one row. */
async function fillLittle({ appUrl }: { appUrl: string }): Promise<void> {
  await ask(appUrl, (db) => db.execute(sql`insert into products (id, code, name) values (gen_random_uuid(), 'demo', 'Demo')`));
}

const productsOf = async ({ appUrl }: { appUrl: string }) =>
  (await ask(appUrl, (db) => db.execute<{ code: string }>(sql`select code from products`))).map(({ code }) => code);

async function start(wanted: DemoSetting['wanted'], fill: typeof fillLittle | null): Promise<RunningDatabase> {
  await running?.stop();
  running = await startDatabase(inputFor(wanted), fill);
  return running;
}

test('the demo that was killed in the middle of being filled is dropped whole, and made anew', async () => {
  const program = join(ROOT, 'lib/operator/testing/start-demo.ts');
  const child = spawn(process.execPath, [join(ROOT, 'lib/operator/run-typescript.mjs'), program, dataDir], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  await expect.poll(() => existsSync(join(dataDir, 'demo/vendor-root.jwk')), { interval: 5 }).toBe(true);
  child.kill('SIGKILL');
  await ended;
  await expect(start('until-own', null)).rejects.toThrow(SettingsError);

  const database = await start('until-own', fillLittle);
  expect(database.isDemo).toBe(true);
  expect(await productsOf(database)).toEqual(['demo']);
  expect(await listDatabases(database.ownerUrl)).toEqual(['airgate', 'airgate_demo']);
});

test('what is changed in the demo stays, for the portal and for commands', async () => {
  const first = await start('until-own', fillLittle);
  await ask(first.appUrl, (db) => db.execute(sql`update products set name = 'Changed'`));
  for (const fill of [fillLittle, null]) {
    const { appUrl, isDemo } = await start('until-own', fill);
    expect(isDemo).toBe(true);
    const names = await ask(appUrl, (db) => db.execute<{ name: string }>(sql`select name from products`));
    expect(names).toEqual([{ name: 'Changed' }]);
  }
});

test('a start for real finds a clean database, and later starts stay on it without the setting', async () => {
  const own = await start('off', fillLittle);
  expect(own.isDemo).toBe(false);
  expect(await ask(own.appUrl, readDemoState)).toBe('empty');
  for (const fill of [fillLittle, null]) expect(await productsOf(await start('until-own', fill))).toEqual([]);
  expect(await productsOf(await start('on', fillLittle))).toEqual(['demo']);
  expect(await productsOf(await start('until-own', fillLittle))).toEqual([]);
});

test('nobody but the portal’s roles can enter the demo', async () => {
  const { appUrl } = await start('on', fillLittle);
  expect(appUrl).toContain('/airgate_demo');
  const superuserUrl = roleUrl({
    role: 'superuser',
    passwords: loadPasswords(dataDir, null),
    port: Number(new URL(appUrl).port),
  });
  await ask(superuserUrl, (db) => db.execute(sql`create role stranger login password 'stranger'`));
  const stranger = appUrl.replace(/\/\/[^@]*@/, '//stranger:stranger@');
  await expect(ask(stranger, (db) => db.execute(sql`select 1`))).rejects.toMatchObject({
    cause: { message: expect.stringContaining('permission denied for database') },
  });
});
