import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { instantFromJson } from '../row';
import { auditCall } from './insert-audited';
import { watermark, withoutSeal } from './write-seals';

const standing = z.object({ unsealed: z.int(), oldestAt: instantFromJson.nullable() });

/** How many entries have no audit seal, and the time of the oldest. */
export type UnsealedStanding = z.output<typeof standing>;

/** Counting stops here: that many already mean a fault. */
const AT_MOST = 10_000;

/** Counts the entries before an instant that have no audit seal. */
export async function readStanding(db: Database, before: Date): Promise<UnsealedStanding> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('unsealed', count(*), 'oldestAt', min(at)) as found from (
      select a.at from audit_entries a where ${withoutSeal(watermark)} and a.at < ${before.toISOString()}::timestamptz limit ${AT_MOST}) u`);
  return standing.parse(rows[0]?.found);
}

/** Reads the id up to which every entry has an audit seal. */
export async function readWatermark(db: Database): Promise<number> {
  const rows = await db.execute<{ id: unknown }>(sql`select ${watermark}::float8 as id`);
  return z.int().parse(rows[0]?.id);
}

/** Writes an audit entry, unless one with the same action was written within the last 23 hours. */
export async function writeOnceADay(db: Database, audit: AuditEntry): Promise<void> {
  await db.execute(sql`
    select ${auditCall(audit)} where not exists (
      select from audit_entries where action = ${audit.action} and at > ${audit.at.toISOString()}::timestamptz - interval '23 hours')`);
}
