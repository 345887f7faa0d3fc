import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { withDatabaseName } from '@/db/embedded/embedded-database';
import { migrateDatabase } from '@/db/migrate';
import { isPooled, keepsPreparedStatements, openPlain } from '@/db/pooler';
import type { Pooler } from '@/db/testing/start-pgbouncer';
import { PGBOUNCER, startPgbouncer } from '@/db/testing/start-pgbouncer';
import { SettingsError } from '@/lib/settings/settings-error';
import { startDatabase } from './start-database';

const masterKey = randomBytes(32).toString('base64url');
const servers = inject('postgres');
let superuser: postgres.Sql;
const made: string[] = [];

beforeAll(() => {
  superuser = postgres(servers.superuserUrl, { max: 1, onnotice: () => undefined });
});
afterEach(async () => {
  for (const name of made.splice(0)) await superuser.unsafe(`drop database ${name} with (force)`);
});
afterAll(() => superuser.end());

/** An empty database that the owner owns, who may make no roles and alter none. */
async function makeEmpty(): Promise<{ name: string; ownerUrl: string; appUrl: string }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await superuser.unsafe(`create database ${name} owner airgate_owner`);
  made.push(name);
  return { name, ownerUrl: withDatabaseName(servers.ownerUrl, name), appUrl: withDatabaseName(servers.appUrl, name) };
}

const start = (database: { ownerUrl: string; appUrl: string }, databasePrepare = true) =>
  startDatabase(
    { settings: { database, databasePrepare, demo: { wanted: 'off', usedForReal: null } }, dataDir: '/nowhere', masterKey },
    null,
  );

/** What a new connection of a role is held to. */
async function limitsOf(url: string): Promise<string> {
  const sql = openPlain(url);
  const rows = await sql<{ limits: string }[]>`
    select concat_ws(' ', current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('synchronous_commit')) as limits`;
  await sql.end();
  return rows[0]?.limits ?? '';
}

async function locksIn(name: string): Promise<number> {
  const [row] = await superuser<{ count: number }[]>`
    select count(*)::integer as count from pg_locks l join pg_database d on d.oid = l.database where d.datname = ${name} and l.locktype = 'advisory'`;
  return row?.count ?? -1;
}

describe('a database', () => {
  test('of an owner that may make no roles is brought up to date, and the portal is held to its limits', async () => {
    const [role] = await superuser`select rolcreaterole from pg_roles where rolname = 'airgate_owner'`;
    expect(role).toEqual({ rolcreaterole: false });
    const { ownerUrl, appUrl } = await makeEmpty();
    await start({ ownerUrl, appUrl });
    expect(await limitsOf(appUrl)).toBe('2s 5s on');
    expect(await limitsOf(ownerUrl)).toBe('0 0 on');
  });

  test('of one role is brought up to date twice, and holds that role to its limits', async () => {
    const { ownerUrl } = await makeEmpty();
    await start({ ownerUrl, appUrl: ownerUrl });
    expect(await limitsOf(ownerUrl)).toBe('2s 5s on');
    await start({ ownerUrl, appUrl: ownerUrl });
  });

  test('is migrated by one replica while the others wait, longer than the portal would', async () => {
    const { name, ownerUrl } = await makeEmpty();
    await superuser.unsafe(`alter role airgate_owner in database ${name} set lock_timeout to '50ms'`);
    await superuser.unsafe(`alter role airgate_owner in database ${name} set statement_timeout to '50ms'`);
    const first = openPlain(ownerUrl);
    await first.unsafe(`begin; set local statement_timeout = 0; select pg_advisory_xact_lock(hashtext('airgate migrations'))`);
    const second = migrateDatabase({ ownerUrl, appUrl: ownerUrl });
    const waits = async () => {
      const rows = await superuser<{ waits: boolean }[]>`
        select now() - query_start > interval '200 ms' as waits from pg_stat_activity where datname = ${name} and wait_event = 'advisory'`;
      return rows[0]?.waits;
    };
    await expect.poll(waits).toBe(true);
    await first.unsafe('commit');
    await first.end();
    await second;
    expect(await locksIn(name)).toBe(0);
    await superuser.unsafe(`alter role airgate_owner in database ${name} reset all`);
  });

  test('may be named by several hosts, of which one is up', async () => {
    const { ownerUrl, appUrl } = await makeEmpty();
    const withDead = (url: string) => url.replace('@', '@127.0.0.1:1,');
    await start({ ownerUrl: withDead(ownerUrl), appUrl: withDead(appUrl) });
    expect(await limitsOf(appUrl)).toBe('2s 5s on');
  });

  test.each([
    ['of another name for its owner', 'other', /^MIGRATION_DATABASE_URL: expected the database of DATABASE_URL/],
    [
      'that its owner does not own',
      'not-owner',
      /^MIGRATION_DATABASE_URL: expected the role that owns the database, .* owner to/,
    ],
    [
      'with a wrong password',
      'password',
      /^DATABASE_URL: expected a database that lets us in, found: password authentication failed/,
    ],
    [
      'that is not there',
      'missing',
      /^DATABASE_URL: expected a database that lets us in, found: database "nothing" does not exist/,
    ],
    ['that nobody serves', 'unserved', /^DATABASE_URL: expected a database that lets us in, found: connect ECONNREFUSED/],
    ['that speaks no TLS', 'tls', /^DATABASE_URL: expected a database that lets us in, found: .* the server must speak TLS/],
  ])('%s is refused in one sentence', async (_, kind, words) => {
    const { ownerUrl, appUrl } = await makeEmpty();
    const wrong: Record<string, { ownerUrl: string; appUrl: string }> = {
      other: { ownerUrl, appUrl: withDatabaseName(servers.appUrl, 'airgate') },
      'not-owner': { ownerUrl: appUrl, appUrl },
      password: { ownerUrl, appUrl: appUrl.replace(/:[^:@]+@/, ':wrong@') },
      missing: { ownerUrl, appUrl: withDatabaseName(appUrl, 'nothing') },
      unserved: { ownerUrl, appUrl: Object.assign(new URL(appUrl), { port: '1' }).href },
      tls: { ownerUrl, appUrl: `${appUrl}?sslmode=require` },
    };
    const refused = await start(wrong[kind] ?? { ownerUrl, appUrl }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SettingsError);
    expect(String((refused as Error).message)).toMatch(words);
    expect(String((refused as Error).message)).not.toContain('\n');
  });
});

test('a server without a pooler before it keeps prepared statements', async () => {
  const sql = openPlain(servers.appUrl);
  expect(await isPooled(sql)).toBe(false);
  await sql.end();
  expect(await keepsPreparedStatements(servers.appUrl)).toBe(true);
});

describe.skipIf(PGBOUNCER === undefined)('a pooler in transaction mode', () => {
  let pooler: Pooler;
  beforeAll(async () => {
    pooler = await startPgbouncer('transaction', [servers.ownerUrl, servers.appUrl]);
  });
  afterAll(() => pooler.stop());

  test('is noticed, and refused at start as long as statements are to be prepared', async () => {
    const { ownerUrl, appUrl } = await makeEmpty();
    await expect(start({ ownerUrl, appUrl: pooler.through(appUrl) })).rejects.toThrow(/^DATABASE_PREPARE: expected false, /);
  });

  test.each(['two roles', 'two roles, one past it', 'one role'])(
    'may stand before a database of %s, and keeps no lock',
    async (roles) => {
      const { name, ownerUrl, appUrl } = await makeEmpty();
      const [owner, app] = [pooler.through(ownerUrl), pooler.through(appUrl)];
      const ways: Record<string, { ownerUrl: string; appUrl: string }> = {
        'two roles': { ownerUrl: owner, appUrl: app },
        'two roles, one past it': { ownerUrl, appUrl: app },
        'one role': { ownerUrl: owner, appUrl: owner },
      };
      const database = ways[roles] ?? { ownerUrl, appUrl };
      await Promise.all([start(database, false), start(database, false)]);
      expect(await locksIn(name)).toBe(0);
      // Past the pooler, whose connections may be older.
      expect(await limitsOf(roles === 'one role' ? ownerUrl : appUrl)).toBe('2s 5s on');
    },
  );
});

test.skipIf(PGBOUNCER === undefined)('a pooler in session mode may stand before, and statements are prepared', async () => {
  const { ownerUrl, appUrl } = await makeEmpty();
  const pooler = await startPgbouncer('session', [servers.ownerUrl, servers.appUrl]);
  await start({ ownerUrl: pooler.through(ownerUrl), appUrl: pooler.through(appUrl) });
  await pooler.stop();
});
