import { sql } from 'drizzle-orm';
import type { ChangeOutcome, Writing } from '../audit/insert-audited';
import type { Database } from '../client';
import type { NewEntitlement } from '../entitlements/manage-entitlements';
import { insertEntitlement } from '../entitlements/manage-entitlements';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import { licenseSpringLicences, licenseSpringUsers } from '../schema/licensespring';

export type NewLicence = Omit<typeof licenseSpringLicences.$inferInsert, 'entitlementId' | 'customerId'>;
export type NewLicenceUser = Omit<typeof licenseSpringUsers.$inferInsert, 'codeId' | 'customerId'>;

/** Writes a licence: its entitlement with a code and people, what is beside it, its user, and the audit row. `exists`: code or user is taken. */
export function insertLicence(
  db: Database,
  made: NewEntitlement & { readonly licence: NewLicence; readonly user: NewLicenceUser | null },
) {
  const { licence, user, ...entitlement } = made;
  const { id: entitlementId, customerId } = entitlement.entitlement;
  const writes: Writing[] = [
    { name: 'licence', query: sql`${db.insert(licenseSpringLicences).values({ ...licence, entitlementId, customerId })}` },
  ];
  if (user !== null) {
    const row = { ...user, customerId, codeId: entitlement.code.id };
    writes.push({ name: 'licence_user', query: sql`${db.insert(licenseSpringUsers).values(row)}` });
  }
  return insertEntitlement(db, { ...entitlement, more: writes });
}

/** Refuses a device of a licence, by the digest of its hardware id, or no longer, and writes the audit row. A new revision. */
export async function writeBlacklisting(
  db: Database,
  change: { entitlementId: string; digest: string; isRefused: boolean; audit: AuditEntry },
): Promise<ChangeOutcome> {
  const { entitlementId, digest, isRefused } = change;
  const audit = JSON.stringify(toRowJson(change.audit));
  const without = sql`array_remove(blacklist, ${digest})`;
  const rows = await db.execute<{ known: boolean; changed: boolean }>(sql`
    with changed as (
      update licensespring_licences set blacklist = ${isRefused ? sql`array_append(${without}, ${digest})` : without}
      where entitlement_id = ${entitlementId}::uuid and (${digest} = any(blacklist)) <> ${isRefused}
      returning customer_id
    ), revised as (
      update entitlements set revision = revision + 1 where id = ${entitlementId}::uuid and exists (select from changed)
    ), written as materialized (
      select write_audit(${audit}::jsonb || jsonb_build_object('customer_id', customer_id)) as done from changed
    )
    select exists (select from licensespring_licences where entitlement_id = ${entitlementId}::uuid) as known,
      (select count(*) from written) > 0 as changed`);
  if (rows[0]?.known !== true) return 'unknown';
  return rows[0].changed ? 'changed' : 'unchanged';
}
