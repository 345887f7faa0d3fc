import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { rowJson, rowSchema } from '../row';
import { auditEntries } from '../schema/exchanges';
import { devicesIn, entitlementsIn } from '../scope';
import type { AuditQuery } from './page-of-audit';
import { idsOfAuditPage } from './page-of-audit';

const entry = rowSchema(auditEntries, { detail: z.record(z.string(), z.json()) }).pick({
  ...{ id: true, at: true, actor: true, role: true, userId: true, action: true, code: true, detail: true },
});

const listed = entry.extend({
  customerCode: z.string().nullable(),
  customerName: z.string().nullable(),
  personName: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).catch({}),
  troubleCode: z.string().nullable(),
  /** Null if there is none that the scope may see. */
  entitlementId: z.string().nullable(),
  entitlementName: z.string().nullable(),
  /** As above. */
  deviceId: z.string().nullable(),
  deviceName: z.string().nullable(),
  fileName: z.string().nullable(),
});

/** An audit entry with the names that people know things by. */
export type ListedAudit = z.output<typeof listed>;

/** Builds the query of {@link listAudit}. Exported so that tests can read its plan. */
export function auditQuery(query: AuditQuery): SQL {
  const { scope } = query;
  return sql`with page as materialized (${idsOfAuditPage(query)})
    select ${rowJson(auditEntries, 'a', entry)} || jsonb_build_object('customerCode', c.code, 'customerName', c.name, 'personName', u.name,
      'facts', coalesce(x.facts, a.detail->'facts', '{}'), 'troubleCode', case when a.code is not null then coalesce(a.trouble_code, x.trouble_code) end,
      'entitlementId', case when ${entitlementsIn(scope)} then a.entitlement_id end,
      'entitlementName', p.name || ' ' || o.edition, 'deviceId', case when ${devicesIn(scope)} then a.device_id end,
      'deviceName', coalesce(d.name, x.device_name), 'fileName', x.file_name) as found
    from page join audit_entries a on a.id = page.id
    left join customers c on c.id = a.customer_id left join users u on u.id = a.user_id left join devices d on d.id = a.device_id
    left join exchanges x on x.id = a.exchange_id left join entitlements e on e.id = a.entitlement_id
    left join offerings o on o.id = e.offering_id left join products p on p.id = o.product_id
    order by a.id desc`;
}

/**
 * Lists audit entries within the scope, newest first: those next to the cursor on the page's side. Reads one row more than
 * a page, which shows whether there is a further page; on the newer side that row comes first.
 */
export async function listAudit(db: Database, query: AuditQuery): Promise<ListedAudit[]> {
  const rows = await db.execute<{ found: unknown }>(auditQuery(query));
  return rows.map((row) => listed.parse(row.found));
}
