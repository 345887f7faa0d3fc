import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/** The database's clock, or the instant that stands in for it in tests. */
export function clock(now: Date | undefined): SQL {
  return sql`coalesce(${now?.toISOString() ?? null}::timestamptz, now())`;
}
