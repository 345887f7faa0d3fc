import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { isCodeOfDialect } from '../dialects/codes';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { offerings, products } from '../schema/catalogue';
import { activationCodes, entitlements } from '../schema/entitlements';
import type { Scope } from '../scope';
import { entitlementsIn } from '../scope';
import { PAGE_ROWS } from '../seats/list-activations';
import { entitlementFromJson, entitlementJoins, entitlementJson } from './entitlement-json';

const code = rowSchema(activationCodes).pick({ id: true, lastFour: true, withdrawnAt: true });

const listed = z.compile(
  z.object({
    now: instantFromJson,
    entitlement: entitlementFromJson,
    /** Seats held by devices whose seat is being released. */
    releasing: z.int(),
    nextLeaseEndsAt: instantFromJson.nullable(),
    codes: z.array(code),
  }),
);

/** An entitlement as it is listed. */
export type ListedEntitlement = z.output<typeof listed>;

const clock = sql`(select now from clock)`;

function listedJson() {
  return sql`jsonb_build_object('now', ${clock}, 'entitlement', ${entitlementJson(clock)},
    'releasing', (select count(*) from activations r where r.entitlement_id = e.id and r.state = 'releasing' and r.runs_out_at > ${clock}),
    'nextLeaseEndsAt', (select min(n.lease_ends_at) from activations n where n.entitlement_id = e.id and n.state in ('active', 'releasing') and n.runs_out_at > ${clock}),
    'codes', (select coalesce(jsonb_agg(${rowJson(activationCodes, 'k', code)} order by k.created_at), '[]')
      from activation_code_entitlements ke join activation_codes k on k.id = ke.code_id where ke.entitlement_id = e.id
        and not ${isCodeOfDialect}))`;
}

/** Which page of entitlements: those after the row that ended the page before, filtered by a text. */
export interface EntitlementPage {
  readonly after: { readonly createdAt: Date; readonly id: string } | null;
  /** Part of a product, edition, order reference or customer name. */
  readonly search: string;
}

/** Lists entitlements within the scope, newest first. Reads one row more than a page, which shows whether there is a next page. */
export async function listEntitlements(
  db: Database,
  input: { scope: Scope; page: EntitlementPage; now?: Date | undefined },
): Promise<(ListedEntitlement & { readonly createdAt: Date })[]> {
  const { after, search } = input.page;
  const start =
    after === null
      ? sql`true`
      : sql`(date_trunc('milliseconds', e.created_at), e.id) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const matches =
    search === ''
      ? sql`true`
      : sql`concat_ws(' ', p.name, p.code, o.edition, o.code, e.order_reference, c.name) ilike ${pattern}`;
  const rows = await db.execute<{ found: unknown; created: unknown }>(sql`
    with clock as (select coalesce(${input.now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now)
    select ${listedJson()} as found, to_jsonb(date_trunc('milliseconds', e.created_at)) as created
    from entitlements e ${entitlementJoins}
    where ${entitlementsIn(input.scope)} and ${start} and ${matches}
    order by date_trunc('milliseconds', e.created_at) desc, e.id desc limit ${PAGE_ROWS + 1}`);
  return rows.map((row) => ({ ...listed.parse(row.found), createdAt: instantFromJson.parse(row.created) }));
}

/** Reads one entitlement within the scope; null if there is none. */
export async function readEntitlement(
  db: Database,
  input: { scope: Scope; entitlementId: string; now?: Date | undefined },
): Promise<ListedEntitlement | null> {
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${input.now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now)
    select ${listedJson()} as found from entitlements e ${entitlementJoins}
    where e.id = ${input.entitlementId}::uuid and ${entitlementsIn(input.scope)}`);
  return rows[0] ? listed.parse(rows[0].found) : null;
}

/** Reads customer and product of entitlements. Ids that do not exist are left out. */
export function readSold(db: Database, entitlementIds: readonly string[]) {
  return db
    .select({ entitlementId: entitlements.id, customerId: entitlements.customerId, productCode: products.code })
    .from(entitlements)
    .innerJoin(offerings, eq(offerings.id, entitlements.offeringId))
    .innerJoin(products, eq(products.id, offerings.productId))
    .where(sql`${entitlements.id}::text in (select jsonb_array_elements_text(${JSON.stringify(entitlementIds)}::jsonb))`)
    .orderBy(asc(products.code), asc(entitlements.id));
}
