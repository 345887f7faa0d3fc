import { sql } from 'drizzle-orm';
import type { Database } from '../client';

/**
 * Settles up to `limit` entitlements that have a lease that ran out, each under its lock.
 *
 * @returns how many were settled; those that are being committed to at this moment are left to their commit
 */
export async function settleRanOut(db: Database, input: { at: Date | undefined; limit: number }): Promise<number> {
  const [row] = await db.execute<{ settled: number }>(
    sql`select settle_ran_out(coalesce(${input.at?.toISOString() ?? null}::timestamptz, clock_timestamp()), ${input.limit}) as settled`,
  );
  return row?.settled ?? 0;
}
