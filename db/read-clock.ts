import { sql } from 'drizzle-orm';
import type { Database } from './client';
import { instantFromJson } from './row';

/** The time by the database's clock. */
export async function readClock(db: Database): Promise<Date> {
  const rows = await db.execute<{ now: unknown }>(sql`select to_jsonb(clock_timestamp()) as now`);
  return instantFromJson.parse(rows[0]?.now);
}
