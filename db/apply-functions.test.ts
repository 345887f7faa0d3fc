import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Source } from './apply-functions';
import { applySources, readFunctions, sortByCalls } from './apply-functions';
import { migrateDatabase, schemaSources } from './migrate';
import type { TestDatabase } from './testing/create-test-database';
import { createTestDatabase } from './testing/create-test-database';

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** Applies the sources. @returns the names of those that were applied or dropped */
async function apply(sources: Source[]): Promise<string[]> {
  const noted = async () => {
    const rows = await sql<{ name: string; digest: string }[]>`select name, digest from drizzle.applied_functions`;
    return new Map(rows.map(({ name, digest }) => [name, digest]));
  };
  const before = await noted();
  await sql.unsafe(applySources(sources).join(';\n'));
  const after = await noted();
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

const inner = (answer: number) => ({
  name: 'inner_one',
  text: `create or replace function inner_one() returns integer language sql as 'select ${answer}'`,
});
const outer = {
  name: 'called_first',
  text: `create or replace function called_first() returns integer language sql as 'select inner_one()'`,
};

describe('functions as source files', () => {
  test('each file is named like the function in it', () => {
    const wrong = readFunctions().filter(({ name, text }) => !text.includes(`create or replace function ${name}(`));
    expect(wrong).toEqual([]);
  });

  test('what is called comes before what calls it', () => {
    expect(sortByCalls([outer, inner(1)]).map(({ name }) => name)).toEqual(['inner_one', 'called_first']);
  });

  test('functions that call each other in a circle are refused', () => {
    const circle = [
      { name: 'one', text: 'other()' },
      { name: 'other', text: 'one()' },
    ];
    expect(() => sortByCalls(circle)).toThrow('expected functions without circles, found one, other');
  });

  test('nothing is applied twice, a changed text is applied, and a function whose file is gone is dropped', async () => {
    expect(await apply(schemaSources())).toEqual([]);
    expect(await apply([...schemaSources(), outer, inner(1)])).toEqual(['called_first', 'inner_one']);
    expect(await apply([...schemaSources(), outer, inner(2)])).toEqual(['inner_one']);
    expect(await sql`select called_first() as answer`).toEqual([{ answer: 2 }]);
    expect(await apply(schemaSources())).toEqual(['called_first', 'inner_one']);
    expect(await sql`select to_regprocedure('inner_one()') as left`).toEqual([{ left: null }]);
  });

  const signaturesOf = async (name: string) => {
    const rows = await sql<
      { signature: string }[]
    >`select oid::regprocedure::text as signature from pg_proc where proname = ${name} order by 1`;
    return rows.map(({ signature }) => signature);
  };
  const counted = (parameters: string) => ({
    name: 'counted',
    text: `create or replace function counted(${parameters}) returns integer language sql as 'select 1'`,
  });

  test('a function whose parameters changed replaces the one with the old parameters', async () => {
    await apply([...schemaSources(), counted('one integer')]);
    await apply([...schemaSources(), counted(`one integer, other text default ''`)]);
    expect(await signaturesOf('counted')).toEqual(['counted(integer,text)']);
    expect(await sql`select counted(1) as answer`).toEqual([{ answer: 1 }]);
    await apply(schemaSources());
  });

  test('a function whose file is gone is dropped with every overload of it', async () => {
    await apply([...schemaSources(), counted('one integer')]);
    await sql.unsafe(counted('one text').text);
    await apply(schemaSources());
    expect(await signaturesOf('counted')).toEqual([]);
  });

  test('a text that Postgres refuses is not noted as applied', async () => {
    const broken = {
      name: 'broken',
      text: `create or replace function broken() returns integer language sql as 'select nothing'`,
    };
    await expect(apply([...schemaSources(), broken])).rejects.toThrow('nothing');
    expect(await apply(schemaSources())).toEqual([]);
  });

  test('nobody but its owner and the role of the portal may perform a function', async () => {
    await apply([...schemaSources(), inner(1)]);
    const [row] = await sql`select has_function_privilege('public', 'inner_one()', 'execute') as open`;
    await apply(schemaSources());
    expect(row).toEqual({ open: false });
  });
});

describe('migrating', () => {
  test('two replicas that start at once come to the same schema', async () => {
    await sql`drop schema public cascade`;
    await sql`drop schema drizzle cascade`;
    await sql`create schema public`;
    const options = { ownerUrl: database.ownerUrl, appUrl: database.url };
    await Promise.all([migrateDatabase(options), migrateDatabase(options)]);
    const [row] = await sql`select count(*)::integer as functions from drizzle.applied_functions`;
    expect(row).toEqual({ functions: schemaSources().length });
  });

  test('a database of another version is refused in words', async () => {
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('0123', 1)`;
    const options = { ownerUrl: database.ownerUrl, appUrl: database.url };
    await expect(migrateDatabase(options)).rejects.toThrow('was made by another version of Airgate');
  });
});
