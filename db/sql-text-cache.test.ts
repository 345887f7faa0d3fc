import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { activations } from './schema/activations';
import { cacheTexts } from './sql-text-cache';

const dialect = new PgDialect();

/** What reaches the driver of a statement, with and without a memory. */
function both(remember: ReturnType<typeof cacheTexts>, statement: SQL) {
  const of = (written: SQL) => {
    const { sql: text, params } = dialect.sqlToQuery(written);
    return { text, params };
  };
  return { remembered: of(remember(statement).getSQL()), plain: of(statement) };
}

const seats = (id: string, most: number | null) =>
  sql`select ${id}::uuid, ${sql`(select ${most}::integer)`} ${sql.raw('as seats')}`;

test('what is sent is the same, with the parameters of each time', () => {
  const remember = cacheTexts();
  for (const statement of [seats('a', 1), seats('b', null), seats('a', 2), sql`select 1`, sql`select 1`, sql`select ${true}`]) {
    const { remembered, plain } = both(remember, statement);
    expect(remembered).toEqual(plain);
  }
  const known = seats('c', 3);
  expect(remember(known)).not.toBe(known);
});

test('statements that begin alike are not taken for one another', () => {
  const remember = cacheTexts();
  const statements = [
    sql`select ${1}`,
    sql`select ${1} where ${2}`,
    sql`select ${sql`${1}`}`,
    sql`select ${sql.raw('1')}`,
    sql`select ${1}${2}`,
    sql`select ${sql.raw('')}${2}`,
    sql`select ${sql`b`} c ${1}`,
    sql`select ${1}b${sql.raw(' c ')}`,
  ];
  for (const _ of [1, 2]) {
    for (const statement of statements) {
      const { remembered, plain } = both(remember, statement);
      expect(remembered).toEqual(plain);
    }
  }
});

test('a statement that only drizzle can write is left to it', () => {
  const statement = sql`select ${activations.id} from ${activations} where ${activations.state} = ${'active'}`;
  expect(cacheTexts()(statement)).toBe(statement);
});
