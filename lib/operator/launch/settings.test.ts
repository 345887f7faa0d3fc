import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSecrets } from './secrets';
import { ROOT, readSettings } from './settings';

const NODE_ENV = 'test';

test('without any setting the portal is on port 3000, with data and database of its own', () => {
  const demo = { wanted: 'until-own', usedForReal: null };
  expect(readSettings({ NODE_ENV })).toEqual({ dataDir: join(ROOT, '.data'), port: 3000, external: null, demo });
});

test('a data folder is meant from where the caller is', () => {
  expect(readSettings({ NODE_ENV, INIT_CWD: '/somewhere', DATA_DIR: 'here' }).dataDir).toBe('/somewhere/here');
});

test.each(['0', '65536', 'http', '30.5', '-1'])('the port %s is refused by name', (PORT) => {
  expect(() => readSettings({ NODE_ENV, PORT })).toThrow(`PORT: expected a number from 1 to 65535, found "${PORT}"`);
});

test.each(['0', 'many', '2.5'])('a pool of %s connections is refused by name', (DATABASE_CONNECTIONS) => {
  expect(() => readSettings({ NODE_ENV, DATABASE_CONNECTIONS })).toThrow(
    'DATABASE_CONNECTIONS: expected a number from 1 to 1000',
  );
});

test.each(['0', 'forever', '1.5'])('%s days that files are kept are refused by name', (FILES_KEPT_DAYS) => {
  expect(() => readSettings({ NODE_ENV, FILES_KEPT_DAYS })).toThrow('FILES_KEPT_DAYS: expected a number from 1 to 36500');
});

test('a portal that runs as the owner of its tables has nobody to grant to', () => {
  const url = 'postgres://airgate:secret@db.example:5432/airgate';
  expect(readSettings({ NODE_ENV, DATABASE_URL: url }).external).toEqual({ appUrl: url, ownerUrl: url, appRole: null });
});

test('a portal that runs as a role of its own is granted to, also with several hosts', () => {
  const appUrl = 'postgres://app%2Done:secret@one:5432,two:5432/airgate';
  const ownerUrl = 'postgres://owner@one:5432,two:5432/airgate';
  expect(readSettings({ NODE_ENV, DATABASE_URL: appUrl, MIGRATION_DATABASE_URL: ownerUrl }).external).toEqual({
    appUrl,
    ownerUrl,
    appRole: 'app-one',
  });
});

test('an address without a role is refused by name', () => {
  expect(() => readSettings({ NODE_ENV, DATABASE_URL: 'postgres://db.example/airgate' })).toThrow('DATABASE_URL: expected');
});

test('secrets are made once, for this user alone, and give way to the environment', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'airgate-secrets-'));
  const made = loadSecrets(dataDir, { NODE_ENV });
  expect(Buffer.from(made.masterKey, 'base64url')).toHaveLength(32);
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
  expect(loadSecrets(dataDir, { NODE_ENV })).toEqual(made);
  expect(loadSecrets(dataDir, { NODE_ENV, AIRGATE_MASTER_KEY: 'given' })).toEqual({ ...made, masterKey: 'given' });
  rmSync(dataDir, { recursive: true });
});
