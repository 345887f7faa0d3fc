import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '@/lib/settings/settings';
import { dataFolder, ROOT } from './root';
import { loadSecrets } from './secrets';

const NONE = { masterKey: null, sessionSecret: null, actionsKey: null };

test('a data folder is meant from where the caller is', () => {
  expect(dataFolder(readSettings({ INIT_CWD: '/somewhere', DATA_DIR: 'here' }))).toBe('/somewhere/here');
  expect(dataFolder(readSettings({ INIT_CWD: '/somewhere' }))).toBe(join(ROOT, '.data'));
});

test('secrets are made once, for this user alone, and give way to the environment', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'airgate-secrets-'));
  const made = loadSecrets(dataDir, NONE);
  expect(Buffer.from(made.masterKey, 'base64url')).toHaveLength(32);
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
  expect(loadSecrets(dataDir, NONE)).toEqual(made);
  expect(loadSecrets(dataDir, { ...NONE, masterKey: 'given' })).toEqual({ ...made, masterKey: 'given' });
  rmSync(dataDir, { recursive: true });
});
