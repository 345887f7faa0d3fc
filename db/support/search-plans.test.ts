import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import { openDatabase } from '../client';
import { offerings, products } from '../schema/catalogue';
import type { TestDatabase } from '../testing/create-test-database';
import { createTestDatabase } from '../testing/create-test-database';
import { describeSchema } from '../testing/describe-schema';
import { generateFleet } from '../testing/generate-fleet';
import type { RunText } from '../testing/read-plan';
import { sequentialScans } from '../testing/read-plan';
import { looksFor } from '../testing/search-looks';
import type { Look, SearchedBy } from './search';
import { searchBy, searchStatement } from './search';

/** Few devices for each customer, so that tables of customers and of devices are both large. */
const SIZE = { devices: 20_000, customers: 5_000, auditEntries: 20_000 };
/** What an installation has a handful of. */
const SMALL = ['offerings', 'products'];

let database: TestDatabase;
let owner: postgres.Sql;
let texts: ReadonlyMap<SearchedBy, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  const pool = openDatabase({ url: database.ownerUrl, connections: 1 });
  const [product] = await pool.db
    .insert(products)
    .values({ code: 'press-control', name: 'Press Control', fingerprintRequired: 2 })
    .returning();
  const terms = { edition: 'Pro', planType: 'subscription', startRule: 'on-date', termLength: 'P5Y' } as const;
  const [offering] = await pool.db
    .insert(offerings)
    .values({ ...terms, productId: product?.id ?? '', code: 'press-control-pro' })
    .returning();
  const sought = await generateFleet(database.ownerUrl, offering?.id ?? '', SIZE);
  texts = new Map(looksFor(sought).map(({ by, text }) => [by, text]));
  await pool.close();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

const run: RunText = (text, parameters) => owner.unsafe(text, [...parameters] as never[]);
const lookBy = (by: SearchedBy): Look => {
  const text = texts.get(by);
  if (text === undefined) throw new Error(`expected a text to search by ${by}, found none`);
  return { text, ways: [by] };
};
async function largeScans(of: Look, parameters: 'these' | 'any'): Promise<string[]> {
  const statement = new PgDialect().sqlToQuery(searchStatement(of));
  return (await sequentialScans(run, statement, parameters)).filter((table) => !SMALL.includes(table));
}

/** Drops an index; with a primary key also all others that hold the id, which could be read from end to end in its place. */
async function dropIndex(name: string): Promise<void> {
  const dropped = await owner<{ table: string; index: string; constraint: boolean }[]>`
    select i.tablename as table, i.indexname as index, c.oid is not null as constraint
    from pg_indexes named join pg_indexes i on i.tablename = named.tablename left join pg_constraint c on c.conname = i.indexname
    where named.indexname = ${name} and (i.indexname = ${name} or (${name} ~ '_pkey$' and i.indexdef ~ '[(, ]id[,)]'))`;
  expect(dropped).not.toEqual([]);
  for (const { table, index, constraint } of dropped) {
    await owner.unsafe(constraint ? `alter table ${table} drop constraint ${index} cascade` : `drop index ${index}`);
  }
}

/** Every way to search, and an index that it cannot do without. */
const INDEXES: Readonly<Record<SearchedBy, string>> = {
  'customer-name': 'customers_name_start',
  'customer-code': 'customers_code_start',
  'person-email': 'users_email_start',
  'person-name': 'users_name_start',
  'device-name': 'devices_name_start',
  'device-asset-tag': 'devices_asset_tag_start',
  'device-hostname': 'devices_hostname_start',
  'device-id': 'devices_pkey',
  fingerprint: 'device_components_start',
  'activation-id': 'activations_pkey',
  'trouble-code': 'exchanges_trouble_code',
  'trouble-code-of-act': 'audit_entries_trouble_code',
  'request-id': 'exchanges_request_id',
  'exchange-id': 'exchanges_pkey',
  'order-reference': 'entitlements_order_start',
  'entitlement-id': 'entitlements_pkey',
  'last-four': 'activation_codes_last_four',
};
const WAYS = Object.entries(INDEXES) as [SearchedBy, string][];

it("the schema is the product's after it was filled", async () => {
  expect(await describeSchema(owner)).toBe(readFileSync(join(import.meta.dirname, '../schema.sql'), 'utf8'));
});

describe(`with ${SIZE.devices} devices of ${SIZE.customers} customers`, () => {
  it.each(WAYS)('search by %s reads no large table from end to end', async (by) => {
    expect(await largeScans(lookBy(by), 'these')).toEqual([]);
    expect(await largeScans(lookBy(by), 'any')).toEqual([]);
  });

  it('search in every way at once reads none either', async () => {
    const all = { ...lookBy('device-id'), ways: WAYS.map(([by]) => by) };
    expect(await largeScans(all, 'these')).toEqual([]);
    expect(await largeScans(all, 'any')).toEqual([]);
  });

  it.each(WAYS)('without its index, search by %s would, and the check says so', async (by, index) => {
    await owner`begin`;
    try {
      await dropIndex(index);
      expect(await largeScans(lookBy(by), 'these')).not.toEqual([]);
    } finally {
      await owner`rollback`;
    }
    expect(await largeScans(lookBy(by), 'these')).toEqual([]);
  });

  it('search finds what is sought in each way', async () => {
    const pool = openDatabase({ url: database.url, connections: 1 });
    for (const [by] of WAYS) {
      const found = await searchBy(pool.db, { scope: { kind: 'all' }, look: lookBy(by) });
      expect(found.get(by)?.length, by).toBeGreaterThan(0);
    }
    expect(isTroubleCode(lookBy('trouble-code').text)).toBe(true);
    const [row] = await pool.db.execute(
      sql`select (select count(*)::integer from devices) as devices, (select count(*)::integer from customers) as customers,
        ((select count(*) from audit_entries where action <> 'device.act-refused') - (select count(*) from devices))::integer as "auditEntries"`,
    );
    expect(row).toEqual(SIZE);
    await pool.close();
  });
});
