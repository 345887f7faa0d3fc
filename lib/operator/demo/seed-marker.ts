import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Database } from '@/db/client';
import { APPEND_ONLY } from '@/db/migrate';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';

/** Who the audit names for what the demo sets up. */
export const DEMO_ACTOR = 'demo data';

/** `own`: somebody's own data. `unfinished`: filling it was cut off. */
export type SeedState = 'empty' | 'unfinished' | 'seeded' | 'own';

/**
 * Tells what is in the database. Filling it writes a first and a last audit row; where the last is missing it was cut off, unless somebody
 * made a vendor of their own since.
 */
export async function readSeedState(db: Database): Promise<SeedState> {
  const rows = await db.execute<{ state: SeedState }>(sql`select case
    when exists (select from audit_entries where action = 'demo.ended' and actor = ${DEMO_ACTOR}) then 'seeded'
    when exists (select from audit_entries where action = 'vendor.created' and actor <> ${DEMO_ACTOR}) then 'own'
    when exists (select from audit_entries where action = 'demo.began' and actor = ${DEMO_ACTOR}) then 'unfinished'
    when exists (select from vendor) or exists (select from customers) or exists (select from products) or exists (select from users)
      or exists (select from audit_entries) then 'own'
    else 'empty' end as state`);
  const [row] = rows;
  if (row === undefined) throw new Error('expected the state of the database, found nothing');
  return row.state;
}

/** Writes the first or the last audit row of the demo. */
export async function markSeeding(db: Database, action: Extract<AuditAction, `demo.${string}`>): Promise<void> {
  await db.execute(
    sql`insert into audit_entries (at, actor, role, action) values (clock_timestamp(), ${DEMO_ACTOR}, 'operator', ${action})`,
  );
}

/**
 * Empties a database whose filling was cut off, in one statement: nobody has used it, because the portal does not serve before it is full.
 * Only the owner of the tables can.
 */
export async function emptyUnfinished(owner: postgres.Sql): Promise<void> {
  const stays = APPEND_ONLY.map((table) => `'${table}'`).join(', ');
  await owner.unsafe(`do $$
    declare kept text;
    begin
      foreach kept in array array[${stays}] loop
        execute format('alter table %I disable trigger user', kept);
      end loop;
      truncate vendor, signing_keys, exchange_keys, customers, products, users, rate_limits, audit_entries, exchanges, inspections, keygen_issuers cascade;
      foreach kept in array array[${stays}] loop
        execute format('alter table %I enable always trigger %I', kept, kept || '_rows_stay');
        execute format('alter table %I enable always trigger %I', kept, kept || '_table_stays');
      end loop;
    end $$`);
}
