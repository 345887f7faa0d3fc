import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from './testing/create-test-database';
import { createTestDatabase } from './testing/create-test-database';
import { describeSchema } from './testing/describe-schema';

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.ownerUrl, { max: 1 });
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

test('the migrations make the schema that db/schema.sql shows (after a change: npm run schema)', async () => {
  expect(await describeSchema(sql)).toBe(readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8'));
});

test('the description tells an index that is missing', async () => {
  const before = await describeSchema(sql);
  await sql`create table probe (id integer)`;
  await sql`create unique index probe_index on probe (id)`;
  const during = await describeSchema(sql);
  await sql`drop index probe_index`;
  const after = await describeSchema(sql);
  await sql`drop table probe`;
  expect(during).not.toBe(after);
  expect(await describeSchema(sql)).toBe(before);
});
