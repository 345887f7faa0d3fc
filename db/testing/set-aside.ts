import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Database } from '../client';

/**
 * Fills tables while all their keys and indexes, and all foreign keys from and to them, are put aside, and makes these anew afterwards, from
 * their own definitions: many times as quick for many rows, and everything is checked all the same. For databases that nobody else uses.
 *
 * @param db as the owner of the tables
 */
export async function withoutIndexes(db: Database, tables: readonly string[], fill: () => Promise<void>): Promise<void> {
  const named: SQL = sql.join(
    tables.map((table) => sql`${table}::regclass`),
    sql`, `,
  );
  // Dropped from the last step to the first and made the other way round: foreign keys need the keys of both tables.
  const aside = await db.execute<{ drop: string; make: string }>(sql`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make,
      case contype when 'f' then 3 else 1 end as step
    from pg_constraint
    where (contype in ('p', 'u') and conrelid in (${named})) or (contype = 'f' and (conrelid in (${named}) or confrelid in (${named})))
    union all
    select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 2
    from pg_index i where indrelid in (${named}) and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
    order by step desc`);
  for (const { drop } of aside) await db.execute(sql.raw(drop));
  await fill();
  for (const { make } of aside.toReversed()) await db.execute(sql.raw(make));
}
