import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { ChangeOutcome, Writing } from '../audit/insert-audited';
import type { Database } from '../client';
import type { NewEntitlement } from '../entitlements/manage-entitlements';
import { insertEntitlement } from '../entitlements/manage-entitlements';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import { offerings, products } from '../schema/catalogue';
import { activationCodeEntitlements, activationCodes, entitlements } from '../schema/entitlements';
import { licenseSpringLicences, licenseSpringUsers } from '../schema/licensespring';
import { customers } from '../schema/people';

export type NewLicence = Omit<typeof licenseSpringLicences.$inferInsert, 'entitlementId' | 'customerId'>;
export type NewLicenceUser = Omit<typeof licenseSpringUsers.$inferInsert, 'codeId' | 'customerId'>;

/** Writes a licence: its entitlement with a code and people, its own terms, its user, and the audit row. `exists`: code or user is taken. */
export function insertLicence(
  db: Database,
  made: NewEntitlement & { readonly licence: NewLicence; readonly user: NewLicenceUser | null },
) {
  const { licence, user, ...entitlement } = made;
  const { id: entitlementId, customerId } = entitlement.entitlement;
  const writes: Writing[] = [
    { name: 'licence', query: db.insert(licenseSpringLicences).values({ ...licence, entitlementId, customerId }) },
  ];
  if (user !== null) {
    const row = { ...user, customerId, codeId: entitlement.code.id };
    writes.push({ name: 'licence_user', query: db.insert(licenseSpringUsers).values(row) });
  }
  return insertEntitlement(db, { ...entitlement, more: writes });
}

/** Adds a device to the blacklist of a licence or removes it, by the digest of its hardware id, and writes the audit row. The entitlement gets a new revision. */
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

/** Lists licences of the LicenseSpring dialect of all customers, newest first. */
export async function readLicences(db: Database, { product, limit }: { product: string | null; limit: number }) {
  const { licenceType, createdAt, entitlementId } = licenseSpringLicences;
  const { planType, seats, seatsHeld, startsAt, termEndsAt, disabledAt } = entitlements;
  const named = db
    .select({ username: licenseSpringUsers.username, lastFour: activationCodes.lastFour })
    .from(activationCodeEntitlements)
    .innerJoin(activationCodes, eq(activationCodes.id, activationCodeEntitlements.codeId))
    .leftJoin(licenseSpringUsers, eq(licenseSpringUsers.codeId, activationCodes.id))
    .where(and(eq(activationCodeEntitlements.entitlementId, entitlements.id), isNull(activationCodes.bundleId)))
    .orderBy(activationCodes.createdAt)
    .limit(1)
    .as('named');
  return db
    .select({
      entitlementId,
      ...{ productCode: products.code, customerCode: customers.code },
      ...{ licenceType, planType, username: named.username, lastFour: named.lastFour },
      ...{ seats, seatsHeld, startsAt, termEndsAt, disabledAt, createdAt },
    })
    .from(licenseSpringLicences)
    .innerJoin(entitlements, eq(entitlements.id, entitlementId))
    .innerJoin(offerings, eq(offerings.id, entitlements.offeringId))
    .innerJoin(products, eq(products.id, offerings.productId))
    .innerJoin(customers, eq(customers.id, entitlements.customerId))
    .leftJoinLateral(named, sql`true`)
    .where(product === null ? sql`true` : eq(products.code, product))
    .orderBy(desc(createdAt), entitlementId)
    .limit(limit);
}
