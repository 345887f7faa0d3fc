import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkAddress, webEnvironment } from './next-server';
import { SettingsError } from './settings';

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
  expect(webEnvironment(own, app)).toEqual({ NODE_ENV, PATH: '/bin', ...app });
  expect(webEnvironment({ NODE_ENV }, { ...app, MIGRATION_DATABASE_URL: OWNER })).toEqual({ NODE_ENV, ...app });
  expect(own.MIGRATION_DATABASE_URL).toBe(OWNER);
});

test('a password beside the addresses is for the web server only where its own address leaves it out', () => {
  const password = (url: string) => webEnvironment({ NODE_ENV, PGPASSWORD: 'secret' }, { DATABASE_URL: url }).PGPASSWORD;
  expect(password('postgres://app:of-the-app@db.example/airgate')).toBeUndefined();
  expect(password('postgresql://app:of-the-app@one:5432,two:5432/airgate')).toBeUndefined();
  expect(password('postgres://app@db.example:5432/airgate')).toBe('secret');
});

test('where the portal cannot listen is for the person who set it', async () => {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const inUse = `Port ${port} is in use. Choose another: PORT=${port + 1} npm start`;
  await expect(checkAddress({ host: '127.0.0.1', port })).rejects.toThrow(new SettingsError(inUse));
  await expect(checkAddress({ host: null, port })).rejects.toThrow(inUse);
  await expect(checkAddress({ host: '127.0.0.2', port })).resolves.toBeUndefined();
  await new Promise((settle) => server.close(settle));
  await expect(checkAddress({ host: null, port })).resolves.toBeUndefined();
  await expect(checkAddress({ host: '203.0.113.9', port })).rejects.toThrow(
    /^HOST: expected an address of this machine to listen on, found 203/,
  );
});
