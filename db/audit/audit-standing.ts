import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { instantFromJson } from '../row';
import { auditCall } from './insert-audited';
import { watermark, withoutSeal } from './write-seals';

const standing = z.object({ unsealed: z.int(), oldestAt: instantFromJson.nullable() });

/** How many entries have no seal, and of when the oldest of them is. */
export type UnsealedStanding = z.output<typeof standing>;

/** More are not counted: something is wrong, however many there are. */
const AT_MOST = 10_000;

/** Counts the entries from before an instant that have no seal. */
export async function readStanding(db: Database, before: Date): Promise<UnsealedStanding> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('unsealed', count(*), 'oldestAt', min(at)) as found from (
      select a.at from audit_entries a where ${withoutSeal(watermark)} and a.at < ${before.toISOString()}::timestamptz limit ${AT_MOST}) u`);
  return standing.parse(rows[0]?.found);
}

/** Reads up to where the search for entries without a seal is done with. */
export async function readWatermark(db: Database): Promise<number> {
  const rows = await db.execute<{ id: unknown }>(sql`select ${watermark}::float8 as id`);
  return z.int().parse(rows[0]?.id);
}

/** Writes down what a check of every hour or day found, unless the same was written less than a day before. */
export async function writeOnceADay(db: Database, audit: AuditEntry): Promise<void> {
  await db.execute(sql`
    select ${auditCall(audit)} where not exists (
      select from audit_entries where action = ${audit.action} and at > ${audit.at.toISOString()}::timestamptz - interval '23 hours')`);
}
