import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';

/** Actor of the demo's setup in the audit. */
export const DEMO_ACTOR = 'demo data';

/** Comment on a table while the demo is being filled into a database of `DATABASE_URL`. */
const FILLING = 'Airgate is filling in its demo data';

/** `unfinished`: filling in the demo was cut off. `own`: somebody's own data. */
export type DemoState = 'empty' | 'unfinished' | 'demo' | 'own';

/** Reads the state of a migrated database. All data is `demo` when the demo made the vendor. */
export async function readDemoState(db: Database): Promise<DemoState> {
  const rows = await db.execute<{ state: DemoState }>(sql`select case
    when not exists (select from vendor) and not exists (select from customers) and not exists (select from products)
      and not exists (select from users) and not exists (select from audit_entries) then 'empty'
    when obj_description('vendor'::regclass) = ${FILLING} then 'unfinished'
    when exists (select from audit_entries where action = 'vendor.created' and actor = ${DEMO_ACTOR}) then 'demo'
    else 'own' end as state`);
  const [row] = rows;
  if (row === undefined) throw new Error('expected the state of the database, found nothing');
  return row.state;
}

/** Notes in the database that filling it has begun, or that it is done. @param owner connected as the owner of the tables */
export async function markFilling(owner: Database, isFilling: boolean): Promise<void> {
  await owner.execute(sql.raw(`comment on table vendor is ${isFilling ? `'${FILLING}'` : 'null'}`));
}
