import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isAuditAction } from '@/lib/licensing/audit/audit-action';
import type { DatabasePool } from '../client';
import { openDatabase } from '../client';
import type { TestDatabase } from '../testing/create-test-database';
import { createTestDatabase } from '../testing/create-test-database';

let database: TestDatabase;
let pool: DatabasePool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openDatabase({ url: database.url, connections: 1 });
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

it('knows every action that functions of the database write', async () => {
  const rows = await pool.db.execute<{ source: string }>(
    sql`select prosrc as source from pg_proc where pronamespace = 'public'::regnamespace and prolang in (select oid from pg_language where lanname in ('sql', 'plpgsql'))`,
  );
  const written = rows.flatMap(({ source }) => [...source.matchAll(/'([a-z]+\.[a-z-]+)'/g)].map(([, action = '']) => action));
  expect(written).toContain('lease.ran-out');
  expect(written.filter((action) => !isAuditAction(action))).toEqual([]);
});
