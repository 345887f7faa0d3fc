import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import { openReconnectingPool } from './driver-workarounds';
import { isConnectionLost } from './postgres-error';
import type { TestDatabase } from './testing/create-test-database';
import { createTestDatabase } from './testing/create-test-database';
import { startSilentProxy } from './testing/silent-proxy';

let database: TestDatabase;
const ROUNDS = 20;
/** How long an answer is waited for: long enough for each that comes. */
const PATIENCE_MS = 300_000;
const options = { connect_timeout: 60, fetch_types: false, onnotice: () => undefined };

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

afterEach(() => {
  vi.useRealTimers();
});

async function endConnections(): Promise<void> {
  const name = new URL(database.url).pathname.slice(1);
  const sql = postgres(inject('postgres').superuserUrl, { max: 1, onnotice: () => undefined });
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  await sql.end();
}

it('every statement comes to an end while connections are lost again and again, and the next ones are carried out', async () => {
  const { sql, close } = openReconnectingPool(() => postgres(database.url, { ...options, max: 8 }));
  const counts = { answered: 0, lost: 0 };
  const others: unknown[] = [];
  let isOver = false;
  const ask = async () => {
    try {
      const rows = await sql.unsafe('select $1::text as said', ['hello'], { prepare: true });
      expect(rows[0]).toEqual({ said: 'hello' });
      counts.answered += 1;
    } catch (error) {
      if (isConnectionLost(error)) counts.lost += 1;
      else others.push(error);
    }
  };
  const clients = Array.from({ length: 16 }, async () => {
    while (!isOver) await ask();
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    const goal = counts.answered + 200;
    await expect.poll(() => counts.answered, { interval: 2 }).toBeGreaterThan(goal);
    await endConnections();
  }
  isOver = true;
  await Promise.all(clients);
  expect(others).toEqual([]);
  expect(counts.lost).toBeGreaterThan(0);
  await close();
});

it('a statement that nobody answers fails as lost, and the next one goes by a new connection', async () => {
  const { hostname, port } = new URL(database.url);
  const proxy = await startSilentProxy({ host: hostname, port: Number(port) });
  const url = new URL(database.url);
  url.port = String(proxy.port);
  const { sql, close } = openReconnectingPool(() => postgres(url.href, { ...options, max: 1 }), PATIENCE_MS);
  expect(await sql.unsafe('select 1 as n')).toEqual([{ n: 1 }]);
  proxy.cut();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const error = sql.unsafe('select 2 as n').then(
    () => null,
    (problem: unknown) => problem,
  );
  vi.advanceTimersByTime(PATIENCE_MS);
  vi.useRealTimers();
  expect(await error).toMatchObject({ code: 'CONNECTION_UNANSWERED' });
  expect(isConnectionLost(await error)).toBe(true);
  expect(await sql.unsafe('select 3 as n').values()).toEqual([[3]]);
  await proxy.close();
  await close();
});

it('a statement that is wrong fails with the error of the server, on the same pool', async () => {
  let opened = 0;
  const { sql, close } = openReconnectingPool(() => {
    opened += 1;
    return postgres(database.url, { ...options, max: 1 });
  });
  await expect(sql.unsafe('select nothing')).rejects.toMatchObject({ code: '42703' });
  expect(await sql.unsafe('select 1 as n')).toEqual([{ n: 1 }]);
  expect(opened).toBe(1);
  await close();
  await expect(sql.unsafe('select 1')).rejects.toMatchObject({ code: 'CONNECTION_ENDED' });
  expect(opened).toBe(1);
});
