import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client';
import { instantFromJson } from './entitlement-json';
import { PAGE_ROWS } from './list-activations';
import type { Scope } from './scope';

const listed = z.object({
  id: z.int(),
  at: instantFromJson,
  customerName: z.string().nullable(),
  actor: z.string(),
  role: z.string(),
  userId: z.string().nullable(),
  personName: z.string().nullable(),
  action: z.string(),
  code: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  troubleCode: z.string().nullable(),
  entitlementId: z.string().nullable(),
  productName: z.string().nullable(),
  deviceId: z.string().nullable(),
  deviceName: z.string().nullable(),
  fileName: z.string().nullable(),
  detail: z.record(z.string(), z.json()),
});

/** An audit entry with the names that people know things by. */
export type ListedAudit = z.output<typeof listed>;

/** Which page of the audit: the entries next to the cursor, on one side of it. Null starts at that side's end of the audit. */
export interface AuditPage {
  readonly side: 'older' | 'newer';
  readonly cursor: number | null;
}

export interface AuditFilter {
  readonly userId: string | null;
  readonly deviceId: string | null;
  readonly customerId: string | null;
  readonly refusedOnly: boolean;
}

interface AuditQuery {
  readonly scope: Scope;
  readonly filter: AuditFilter;
  readonly page: AuditPage;
}

/** Conditions on the alias `a` that hold for every way to the rows. */
function conditions({ scope, filter, page }: AuditQuery): SQL {
  const { side, cursor } = page;
  const parts = [sql`true`];
  if (cursor !== null) parts.push(side === 'older' ? sql`a.id < ${cursor}` : sql`a.id > ${cursor}`);
  if (scope.kind !== 'all') parts.push(sql`a.customer_id = ${scope.customerId}::uuid`);
  if (filter.customerId !== null) parts.push(sql`a.customer_id = ${filter.customerId}::uuid`);
  if (filter.userId !== null) parts.push(sql`a.user_id = ${filter.userId}::uuid`);
  if (filter.deviceId !== null) parts.push(sql`a.device_id = ${filter.deviceId}::uuid`);
  if (filter.refusedOnly) parts.push(sql`a.code is not null`);
  return sql.join(parts, sql` and `);
}

/** Ids of the rows of a page. Each way to them ends after a page of index entries, so that no page costs more than another. */
function pageOfIds(query: AuditQuery): SQL {
  const { scope, page } = query;
  const end = sql`order by a.id ${page.side === 'older' ? sql`desc` : sql`asc`} limit ${PAGE_ROWS + 1}`;
  switch (scope.kind) {
    case 'all':
    case 'customer':
      return sql`select a.id from audit_entries a where ${conditions(query)} ${end}`;
    case 'own':
      // What the person did, and what happened on each entitlement that they may use: a page of each, then a page of all.
      return sql`select distinct a.id from (
        (select a.id from audit_entries a where a.user_id = ${scope.userId}::uuid and ${conditions(query)} ${end})
        union all
        select own.id from entitlement_assignments ea cross join lateral (
          select a.id from audit_entries a where a.entitlement_id = ea.entitlement_id and ${conditions(query)} ${end}) own
        where ea.user_id = ${scope.userId}::uuid and ea.customer_id = ${scope.customerId}::uuid
      ) a ${end}`;
  }
}

/** The query behind {@link listAudit}, for looking at its plan. */
export function auditQuery(query: AuditQuery): SQL {
  return sql`with page as materialized (${pageOfIds(query)})
    select jsonb_build_object('id', a.id, 'at', a.at, 'customerName', c.name, 'actor', a.actor, 'role', a.role, 'userId', a.user_id,
      'personName', u.name, 'action', a.action, 'code', a.code, 'facts', coalesce(x.facts, '{}'), 'troubleCode', x.trouble_code,
      'entitlementId', a.entitlement_id, 'productName', p.name || ' ' || o.edition, 'deviceId', a.device_id,
      'deviceName', coalesce(d.name, x.device_name), 'fileName', x.file_name, 'detail', a.detail) as found
    from page join audit_entries a on a.id = page.id
    left join customers c on c.id = a.customer_id left join users u on u.id = a.user_id left join devices d on d.id = a.device_id
    left join exchanges x on x.id = a.exchange_id left join entitlements e on e.id = a.entitlement_id
    left join offerings o on o.id = e.offering_id left join products p on p.id = o.product_id
    order by a.id desc`;
}

/**
 * Lists audit entries within the scope, newest first: those next to the cursor on the page's side. Asks for one more than a page, which
 * tells whether there is a further one; on the newer side that one comes first.
 */
export async function listAudit(db: Database, query: AuditQuery): Promise<ListedAudit[]> {
  const rows = await db.execute<{ found: unknown }>(auditQuery(query));
  return rows.map((row) => listed.parse(row.found));
}
