import { sql } from 'drizzle-orm';
import type { Database } from './client';
import type { AuditEntry } from './exchange-entry';
import { toRowJson } from './exchange-entry';
import type { ChangeOutcome } from './insert-audited';

/** Switches the exchange without signing in on or off for a product, and writes the audit row when that changed something. */
export async function writeGuestExchange(
  db: Database,
  change: { code: string; guestExchange: boolean; audit: AuditEntry },
): Promise<ChangeOutcome> {
  const audit = JSON.stringify(toRowJson(change.audit));
  const rows = await db.execute<{ known: boolean; changed: boolean }>(sql`
    with changed as (
      update products set guest_exchange = ${change.guestExchange}
      where code = ${change.code} and guest_exchange <> ${change.guestExchange} returning id
    ), written as materialized (
      select write_audit(${audit}::jsonb) as done from changed
    )
    select exists (select from products where code = ${change.code}) as known, (select count(*) from written) > 0 as changed`);
  if (rows[0]?.known !== true) return 'unknown';
  return rows[0].changed ? 'changed' : 'unchanged';
}

/** Says whether any product has the exchange without signing in switched on. */
export async function isGuestExchangeOn(db: Database): Promise<boolean> {
  const rows = await db.execute<{ on: boolean }>(sql`select exists (select from products where guest_exchange) as on`);
  return rows[0]?.on === true;
}

/**
 * Changes what is taken and issued for a product, and writes the audit row when that changed something. A new revision of what was sold of
 * it, so that decisions made before do not hold.
 *
 * @param change null members stay as they are
 */
export async function writeProductSettings(
  db: Database,
  change: {
    code: string;
    minimumSchema: 1 | 2 | null;
    isDisabled: boolean | null;
    isArchived: boolean | null;
    at: Date;
    audit: AuditEntry;
  },
): Promise<ChangeOutcome> {
  const { code, minimumSchema, isDisabled, isArchived } = change;
  const at = change.at.toISOString();
  const audit = JSON.stringify(toRowJson(change.audit));
  const rows = await db.execute<{ known: boolean; changed: boolean }>(sql`
    with asked as (
      select id, coalesce(${minimumSchema}::integer, licensespring_schema) as schema_version,
        case when ${isDisabled}::boolean then coalesce(disabled_at, ${at}::timestamptz) when not ${isDisabled}::boolean then null else disabled_at end as disabled_at,
        case when ${isArchived}::boolean then coalesce(archived_at, ${at}::timestamptz) when not ${isArchived}::boolean then null else archived_at end as archived_at
      from products where code = ${code}
    ), changed as (
      update products p set licensespring_schema = a.schema_version, disabled_at = a.disabled_at, archived_at = a.archived_at
      from asked a where a.id = p.id
        and (p.licensespring_schema, p.disabled_at, p.archived_at) is distinct from (a.schema_version, a.disabled_at, a.archived_at)
      returning p.id
    ), revised as (
      update entitlements set revision = revision + 1 where id in (
        select e.id from entitlements e join offerings o on o.id = e.offering_id join changed c on c.id = o.product_id
        order by e.id for no key update of e)
    ), written as materialized (
      select write_audit(${audit}::jsonb) as done from changed
    )
    select exists (select from products where code = ${code}) as known, (select count(*) from written) > 0 as changed`);
  if (rows[0]?.known !== true) return 'unknown';
  return rows[0].changed ? 'changed' : 'unchanged';
}
