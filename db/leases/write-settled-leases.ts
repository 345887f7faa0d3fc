import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';

/**
 * Settles up to `limit` entitlements that have a lease that ran out, each under its lock.
 *
 * @returns how many were settled; those that are being committed to at this moment are left to their commit
 */
export async function settleRanOut(db: Database, input: { at: Date | undefined; limit: number }): Promise<number> {
  const rows = await db.execute<{ settled: unknown }>(
    sql`select settle_ran_out(coalesce(${input.at?.toISOString() ?? null}::timestamptz, clock_timestamp()), ${input.limit}) as settled`,
  );
  return z.int().parse(rows[0]?.settled);
}
