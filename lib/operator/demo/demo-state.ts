import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';

/** Who the audit names for what the demo sets up. */
export const DEMO_ACTOR = 'demo data';

/** Stands as a comment on a table while the demo is filled into a database that has other uses. */
const FILLING = 'Airgate is filling in its demo data';

/** `unfinished`: filling in the demo was cut off. `own`: somebody's own data. */
export type DemoState = 'empty' | 'unfinished' | 'demo' | 'own';

/** Reads what a migrated database holds. Data of somebody whose vendor the demo made is the demo's. */
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
