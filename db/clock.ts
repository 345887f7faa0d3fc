import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Database } from './client';

/** Parses an instant that is not a column of a table. */
const instant = (text: string) => new Date(text);

/** SQL of the present time: by the database's clock, or the instant that tests set. */
export function clock(now: Date | undefined): SQL<Date> {
  return sql<Date>`coalesce(${now?.toISOString() ?? null}::timestamptz, now())`.mapWith(instant);
}

/** Reads the time by the database's clock. */
export async function readClock(db: Database): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(sql`select clock_timestamp() as now`);
  if (row === undefined) throw new Error('expected the time by the clock of the database, found none');
  return instant(row.now);
}
