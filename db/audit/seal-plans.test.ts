import { PgDialect } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../testing/create-test-database';
import { createTestDatabase } from '../testing/create-test-database';
import type { RunText } from '../testing/read-plan';
import { sequentialScans, settledReads } from '../testing/read-plan';
import { unsealedStatement } from './write-seals';

/** A long audit of three chains, sealed but for its last entries. */
const SEALED = 120_000;
const UNSEALED = 400;
/** Rows of a table that may be looked at, of those that are sealed: `seal_audit` keeps its watermark within twice the distance. */
const FEW = 12_000;

let database: TestDatabase;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner`insert into customers (id, code, name) values (gen_random_uuid(), 'one', 'One'), (gen_random_uuid(), 'two', 'Two')`;
  await owner`insert into audit_entries (at, customer_id, actor, role, action)
    select now(), case n % 3 when 0 then null when 1 then (select id from customers where code = 'one') else (select id from customers where code = 'two') end,
      'somebody', 'member', 'seat.taken' from generate_series(1, ${SEALED + UNSEALED}) n`;
  await owner`insert into audit_seals (chain, sequence, audit_id, hash)
    select coalesce(customer_id::text, 'vendor'), row_number() over (partition by customer_id order by id), id, 'h' from audit_entries where id <= ${SEALED}`;
  await owner`insert into audit_watermark (sealed_up_to) values (${SEALED - 10_000})`;
  await owner`vacuum analyze audit_entries, audit_seals`;
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

const run: RunText = (text, parameters) => owner.unsafe(text, [...parameters] as never[]);
const statement = () => new PgDialect().sqlToQuery(unsealedStatement({ horizon: SEALED + UNSEALED, limit: 500 }));

interface Reads {
  readonly scans: number;
  readonly lookUps: number;
}

/** Also of what the connection did before, until the server has counted that in. */
async function readsSoFar(sql: postgres.ReservedSql): Promise<Reads> {
  const [row] = await sql<Reads[]>`
    select sum(seq_scan)::integer as scans, sum(idx_scan)::integer as "lookUps" from pg_stat_xact_user_tables
    where relname in ('audit_entries', 'audit_seals', 'audit_checkpoints')`;
  return row ?? { scans: -1, lookUps: -1 };
}

/** How often tables of the audit were read from end to end, and rows of them looked up, while something was done. */
async function countReads(act: (sql: postgres.ReservedSql) => Promise<unknown>): Promise<Reads> {
  const sql = await owner.reserve();
  try {
    await sql`begin`;
    const before = await readsSoFar(sql);
    await act(sql);
    const after = await readsSoFar(sql);
    await sql`rollback`;
    return { scans: after.scans - before.scans, lookUps: after.lookUps - before.lookUps };
  } finally {
    sql.release();
  }
}

test('entries without a seal are found without reading those that have one', async () => {
  for (const parameters of ['these', 'any'] as const) {
    const scans = await sequentialScans(run, statement(), parameters);
    expect(scans.filter((table) => table !== 'audit_watermark')).toEqual([]);
  }
  expect(await settledReads(run, statement(), 'audit_entries')).toBeLessThan(FEW);
  expect(await settledReads(run, statement(), 'audit_seals')).toBeLessThan(FEW);
});

test('without a watermark all would be read: the counts can tell', async () => {
  const reads = await settledReads(
    run,
    new PgDialect().sqlToQuery(unsealedStatement({ horizon: SEALED + UNSEALED, limit: 500, after: 0 })),
    'audit_entries',
  );
  expect(reads).toBeGreaterThan(SEALED);
});

test('sealing looks up what it seals, and what little is sealed behind the watermark', async () => {
  const [{ found } = { found: { entries: [], heads: [] } }] = (await run(statement().sql, statement().params)) as {
    found: { entries: { id: number; customer_id: string | null }[]; heads: { chain: string; sequence: number }[] };
  }[];
  expect(found.entries).toHaveLength(UNSEALED);
  const places = new Map(found.heads.map(({ chain, sequence }) => [chain, sequence]));
  const seals = found.entries.map(({ id, customer_id }) => {
    const chain = customer_id ?? 'vendor';
    const sequence = (places.get(chain) ?? 0) + 1;
    places.set(chain, sequence);
    return { audit_id: id, sequence, hash: 'h' };
  });
  const checkpoints = [...places].map(([chain, sequence]) => ({ chain, sequence, hash: 'h', token: 't', at: new Date() }));
  const sealing = async (sql: postgres.ReservedSql) => {
    const [row] =
      await sql`select seal_audit(${JSON.stringify(seals)}::text::jsonb, ${JSON.stringify(checkpoints)}::text::jsonb) as done`;
    expect(row).toEqual({ done: true });
    expect(await sql`select sealed_up_to::integer as id from audit_watermark`).toEqual([{ id: SEALED + UNSEALED - 5000 }]);
  };
  for (let time = 0; time < 7; time += 1) await countReads(sealing);
  const { scans, lookUps } = await countReads(sealing);
  expect(scans).toBe(0);
  expect(lookUps).toBeLessThan(FEW + 4 * UNSEALED);
});
