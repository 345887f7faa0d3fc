import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Database } from '../client';

/**
 * Fills tables while their foreign keys, and all indexes but those of keys, are put aside, and makes these anew afterwards: several times as
 * quick for many rows, and foreign keys are checked all the same. For databases that nobody else uses.
 *
 * @param db as the owner of the tables
 */
export async function withoutIndexes(db: Database, tables: readonly string[], fill: () => Promise<void>): Promise<void> {
  const named: SQL = sql.join(
    tables.map((table) => sql`${table}::regclass`),
    sql`, `,
  );
  const aside = await db.execute<{ drop: string; make: string }>(sql`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make, 2 as step
    from pg_constraint where contype = 'f' and conrelid in (${named})
    union all
    select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 1
    from pg_index i where indrelid in (${named}) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
    order by step desc`);
  for (const { drop } of aside) await db.execute(sql.raw(drop));
  await fill();
  // Indexes first: the foreign keys are checked with them.
  for (const { make } of aside.toReversed()) await db.execute(sql.raw(make));
}
