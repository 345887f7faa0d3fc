import { availableParallelism } from 'node:os';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DatabasePool } from './client';
import { openDatabase } from './client';
import { products } from './schema/catalogue';
import type { TestDatabase } from './testing/create-test-database';
import { createTestDatabase } from './testing/create-test-database';
import { holdLock } from './testing/hold-lock';

const QUICK = 60;

let database: TestDatabase;
let pool: DatabasePool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openDatabase({ url: database.url, connections: 2 });
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

it('a statement that takes long holds up three others at most, also when all connections are busy', async () => {
  const { db } = pool;
  const quick = (count: number) => Array.from({ length: count }, () => db.execute(sql`select 1`));
  const behindLock = () => db.execute(sql`select pg_advisory_xact_lock_shared(1)`);
  // Nothing is sent ahead of a statement that a connection has still to prepare.
  await Promise.all([...quick(10), behindLock()]);
  const lock = await holdLock(database.ownerUrl, 'select pg_advisory_xact_lock(1)');
  const slow = behindLock().then((rows) => rows);
  await lock.waiting(1);
  let answered = 0;
  const asked = quick(QUICK).map((answer) =>
    answer.then(() => {
      answered += 1;
    }),
  );
  await expect.poll(() => answered).toBeGreaterThanOrEqual(QUICK - 3);
  await lock.letGo();
  await Promise.all([slow, ...asked]);
});

it('a pool opens two connections for each processor and one more, ten at most', async () => {
  const { db, close } = openDatabase({ url: database.url });
  const lock = await holdLock(database.ownerUrl, 'select pg_advisory_xact_lock(2)');
  const ask = () => db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid from pg_advisory_xact_lock_shared(2)`);
  const answers = Promise.all(Array.from({ length: 40 }, ask));
  const connections = Math.min(10, 2 * availableParallelism() + 1);
  await lock.waiting(connections);
  await lock.letGo();
  const backends = new Set((await answers).map(([row]) => row?.pid));
  await close();
  expect(backends.size).toBe(connections);
});

it('reads instants whatever the database writes dates like', async () => {
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner`alter database ${owner(new URL(database.url).pathname.slice(1))} set datestyle to 'German'`;
  await owner.end();
  const { db, close } = openDatabase({ url: database.url, connections: 1 });
  const createdAt = new Date('2026-02-03T04:05:06.789Z');
  await db.insert(products).values({ code: 'press-control', name: 'Press Control', createdAt });
  const found = await db.select({ createdAt: products.createdAt }).from(products).where(eq(products.code, 'press-control'));
  await close();
  expect(found).toEqual([{ createdAt }]);
});

it.each([
  { prepare: true, prepared: 1 },
  { prepare: false, prepared: 0 },
])('what the query builder sends is prepared once on a connection, unless nothing may be: %o', async ({ prepare, prepared }) => {
  const { db, close } = openDatabase({ url: database.url, connections: 1, prepare });
  for (const code of ['one', 'other']) await db.select({ id: products.id }).from(products).where(eq(products.code, code));
  const found = await db.execute(sql`select from pg_prepared_statements where statement like 'select "id" from "products"%'`);
  await close();
  expect(found).toHaveLength(prepared);
});
