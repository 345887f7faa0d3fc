import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from 'drizzle-orm';
import { getTableColumns, getTableName, isTable, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import type { DatabasePool } from './client';
import { openDatabase } from './client';
import { rowJson, rowSchema, toRowJson } from './row';
import { devices } from './schema/devices';
import { inspections } from './schema/exchanges';
import { customers } from './schema/people';
import type { TestDatabase } from './testing/create-test-database';
import { createTestDatabase } from './testing/create-test-database';

const CUSTOMER = '5f1c8f6e-6a3b-11f1-8d3c-0242ac120002';
const AT = new Date('2026-03-01T10:00:00.123Z');
const device = {
  id: '00000000-0000-0000-0000-0000000000a1',
  customerId: CUSTOMER,
  dialect: 'native',
  name: "Line 3's \\ press",
  assetTag: 'INV-0042',
  platform: 'linux',
  hostname: null,
  appVersion: '1.2',
  fingerprintVersion: 1,
  fingerprintKey: 'key',
  clockSkewSeconds: -3,
  firstSeenAt: AT,
  lastSeenAt: AT,
} satisfies typeof devices.$inferSelect;

let database: TestDatabase;
let pool: DatabasePool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openDatabase({ url: database.url, connections: 1 });
  await pool.db.insert(customers).values({ id: CUSTOMER, code: 'press', name: 'Press' });
  await pool.db.insert(devices).values(device);
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

async function tables(): Promise<Table[]> {
  const files = readdirSync(join(import.meta.dirname, 'schema'));
  const modules = await Promise.all(files.map((file) => import(`./schema/${file.replace('.ts', '')}.ts`)));
  return modules.flatMap((module) => Object.values(module).filter((value) => isTable(value)));
}

async function readDevice(schema: z.ZodObject) {
  const [row] = await pool.db.execute(sql`select ${rowJson(devices, 'd', schema)} as found from devices d`);
  return row?.found;
}

it('every table can be read as JSON, and goes into a function by the names of its columns', async () => {
  const all = await tables();
  expect(all.length).toBeGreaterThan(30);
  for (const table of all) {
    const name = getTableName(table);
    await pool.db.execute(sql`select ${rowJson(table, 't', rowSchema(table))} from ${sql.identifier(name)} t`);
    const columns = Object.entries(getTableColumns(table)).map(([member, column]) => [column.name, member]);
    expect(Object.entries(toRowJson(Object.fromEntries(columns.map(([, member]) => [member, member])))), name).toEqual(columns);
  }
});

it('a row that comes as JSON is the row that was written', async () => {
  const schema = rowSchema(devices);
  expect(schema.parse(await readDevice(schema))).toEqual(device);
});

it('only the columns that the schema of the row names are read', async () => {
  const schema = rowSchema(devices).pick({ id: true, lastSeenAt: true });
  expect(Object.keys(Object(await readDevice(schema))).sort()).toEqual(['id', 'lastSeenAt']);
});

it.each([
  ['a date that is none', { lastSeenAt: 'soon' }],
  ['a date that is missing', { lastSeenAt: null }],
  ['a number for a date', { lastSeenAt: 0 }],
  ['nothing where a column must not be empty', { name: null }],
  ['an id that is none', { id: 'press' }],
])('%s is refused', async (_what, wrong) => {
  const schema = rowSchema(devices);
  const found = await readDevice(schema);
  expect(schema.safeParse(Object.assign({}, found, wrong)).success).toBe(false);
});

it('a row that goes into a function is the row that is written, with its bytes', async () => {
  const row = {
    ...{ id: '00000000-0000-0000-0000-0000000000b1', at: AT, actor: 'support', fileName: null, fileSize: 5, fileDigest: 'd' },
    content: new Uint8Array([0, 255, 92, 39, 10]),
  };
  await pool.db.execute(
    sql`insert into inspections select * from jsonb_populate_record(null::inspections, ${JSON.stringify(toRowJson(row))}::jsonb)`,
  );
  const [written] = await pool.db.select().from(inspections);
  expect({ ...written, content: Uint8Array.from(written?.content ?? []) }).toEqual(row);
});
