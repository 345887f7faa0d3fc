import { expect, test } from 'vitest';
import { webEnvironment } from './web-environment';

const NODE_ENV = 'test';
const OWNER = 'postgres://owner:of-the-tables@db.example/airgate';

test('the web server is not given what owns the tables, nor what only the launcher needs', () => {
  const own = {
    NODE_ENV,
    PATH: '/bin',
    MIGRATION_DATABASE_URL: OWNER,
    DATA_DIR: '/data',
    AIRGATE_DEMO: 'off',
    HOST: '::',
  } as const;
  const app = { DATABASE_URL: 'postgres://app:secret@db.example/airgate' };
  expect(webEnvironment(app, own)).toEqual({ NODE_ENV, PATH: '/bin', ...app });
  expect(webEnvironment({ ...app, MIGRATION_DATABASE_URL: OWNER }, { NODE_ENV })).toEqual({ NODE_ENV, ...app });
  expect(own.MIGRATION_DATABASE_URL).toBe(OWNER);
});

test('a password beside the addresses is for the web server only where its own address leaves it out', () => {
  const password = (url: string) => webEnvironment({ DATABASE_URL: url }, { NODE_ENV, PGPASSWORD: 'secret' }).PGPASSWORD;
  expect(password('postgres://app:of-the-app@db.example/airgate')).toBeUndefined();
  expect(password('postgresql://app:of-the-app@one:5432,two:5432/airgate')).toBeUndefined();
  expect(password('postgres://app@db.example:5432/airgate')).toBe('secret');
});
