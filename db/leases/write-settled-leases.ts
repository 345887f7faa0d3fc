import { sql } from 'drizzle-orm';
import type { Database } from '../client';

/**
 * Settles the leases that ran out on up to `limit` entitlements, each under its lock.
 *
 * @returns how many entitlements were settled; a concurrent commit settles its own
 */
export async function settleRanOut(db: Database, input: { at: Date | undefined; limit: number }): Promise<number> {
  const [row] = await db.execute<{ settled: number }>(
    sql`select settle_ran_out(coalesce(${input.at?.toISOString() ?? null}::timestamptz, clock_timestamp()), ${input.limit}) as settled`,
  );
  return row?.settled ?? 0;
}
