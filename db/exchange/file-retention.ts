import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { toRowJson } from '../row';
import type { AuditEntry } from './exchange-entry';

const ownersFromJson = z.array(z.uuid().nullable());

/** Lists the customers who have incoming files from before an instant whose bytes are still stored; null among them for files of no customer. */
export async function listOwnersOfFiles(db: Database, { before }: { before: Date }): Promise<readonly (string | null)[]> {
  const at = sql`${before.toISOString()}::timestamptz`;
  const rows = await db.execute<{ found: unknown }>(sql`
    select coalesce(jsonb_agg(o.id), '[]') as found from (
      select c.id from customers c where exists (
        select from exchanges x where x.customer_id = c.id and x.content is not null and x.at < ${at})
      union all
      select null where exists (select from exchanges x where x.customer_id is null and x.content is not null and x.at < ${at})
        or exists (select from inspections i where i.content is not null and i.at < ${at})
    ) o`);
  return ownersFromJson.parse(rows[0]?.found);
}

/** Drops the bytes of the oldest files of a customer, or of none, with their audit row. Returns how many. */
export async function dropFiles(
  db: Database,
  drop: { customerId: string | null; before: Date; limit: number; audit: AuditEntry },
): Promise<number> {
  const { customerId, before, limit, audit } = drop;
  const p = { customer_id: customerId, before, limit, audit: toRowJson(audit) };
  const rows = await db.execute<{ files: unknown }>(sql`select drop_files(${JSON.stringify(p)}::jsonb) as files`);
  return z.int().parse(rows[0]?.files);
}
