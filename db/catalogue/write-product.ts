import type { SQL } from 'drizzle-orm';
import { eq, sql } from 'drizzle-orm';
import type { ChangeOutcome } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import { products } from '../schema/catalogue';

/** Returns whether any product allows exchanges without signing in. */
export async function isGuestExchangeOn(db: Database): Promise<boolean> {
  const found = await db.select({ id: products.id }).from(products).where(eq(products.guestExchange, true)).limit(1);
  return found.length > 0;
}

/** New settings of a product; null members stay as they are. */
export interface ProductChange {
  readonly code: string;
  readonly guestExchange: boolean | null;
  readonly fingerprintRequired: number | null;
  readonly fingerprintComponents: readonly string[] | null;
  readonly fingerprintMust: readonly string[] | null;
  readonly minimumSchema: 1 | 2 | null;
  readonly isDisabled: boolean | null;
  readonly isArchived: boolean | null;
  readonly at: Date;
  readonly audit: AuditEntry;
}

/** Selects the product with its new settings, and `fits`: whether the new settings of its fingerprint agree with each other. */
function askedFor(change: ProductChange): SQL {
  const { code, guestExchange, minimumSchema, isDisabled, isArchived } = change;
  const at = change.at.toISOString();
  const names = (list: readonly string[] | null) => sql`${list && JSON.stringify(list)}::jsonb`;
  const texts = (list: readonly string[] | null, column: SQL) =>
    sql`case when ${names(list)} is null then ${column} else array(select jsonb_array_elements_text(${names(list)})) end`;
  const switched = (is: boolean | null, column: SQL) =>
    sql`case when ${is}::boolean then coalesce(${column}, ${at}::timestamptz) when not ${is}::boolean then null else ${column} end`;
  return sql`select *, must <@ components and required <= cardinality(components) as fits from (
    select id, coalesce(${guestExchange}::boolean, guest_exchange) as guests, coalesce(${minimumSchema}::integer, minimum_schema) as schema_version,
      coalesce(${change.fingerprintRequired}::integer, fingerprint_required) as required,
      ${texts(change.fingerprintComponents, sql`fingerprint_components`)} as components, ${texts(change.fingerprintMust, sql`fingerprint_must`)} as must,
      ${switched(isDisabled, sql`disabled_at`)} as disabled_at, ${switched(isArchived, sql`archived_at`)} as archived_at
    from products where code = ${code}) p`;
}

/**
 * Changes a product, and writes the audit row if something changed. If a setting that decisions depend on changed, every entitlement of the
 * product gets a new revision, so that decisions made before become stale.
 *
 * @returns `unfit` when fewer components would count than are required, or a component that must match would not count
 */
export async function writeProductSettings(db: Database, change: ProductChange): Promise<ChangeOutcome | 'unfit'> {
  const audit = JSON.stringify(toRowJson(change.audit));
  const rows = await db.execute<{ fits: boolean | null; changed: boolean }>(sql`
    with asked as (${askedFor(change)}), before as (
      select a.*, (p.minimum_schema, p.fingerprint_required, p.fingerprint_components, p.fingerprint_must, p.disabled_at, p.archived_at)
        is distinct from (a.schema_version, a.required, a.components, a.must, a.disabled_at, a.archived_at) as is_decided_by
      from asked a join products p on p.id = a.id where a.fits
    ), changed as (
      update products p set guest_exchange = b.guests, minimum_schema = b.schema_version, fingerprint_required = b.required,
        fingerprint_components = b.components, fingerprint_must = b.must, disabled_at = b.disabled_at, archived_at = b.archived_at
      from before b where b.id = p.id and (b.is_decided_by or p.guest_exchange <> b.guests)
      returning p.id, b.is_decided_by
    ), revised as (
      update entitlements set revision = revision + 1 where id in (
        select e.id from entitlements e join offerings o on o.id = e.offering_id join changed c on c.id = o.product_id and c.is_decided_by
        order by e.id for no key update of e)
    ), written as materialized (
      select write_audit(${audit}::jsonb) as done from changed
    )
    select (select fits from asked) as fits, (select count(*) from written) > 0 as changed`);
  const [row] = rows;
  if (row === undefined || row.fits === null) return 'unknown';
  if (!row.fits) return 'unfit';
  return row.changed ? 'changed' : 'unchanged';
}
