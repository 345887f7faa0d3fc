import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../client';
import { offerings, products } from '../schema/catalogue';
import { entitlements } from '../schema/entitlements';

/** Reads whose entitlements are, and of which products. Those that do not exist are missing. */
export function readSold(db: Database, entitlementIds: readonly string[]) {
  return db
    .select({ entitlementId: entitlements.id, customerId: entitlements.customerId, productCode: products.code })
    .from(entitlements)
    .innerJoin(offerings, eq(offerings.id, entitlements.offeringId))
    .innerJoin(products, eq(products.id, offerings.productId))
    .where(sql`${entitlements.id}::text in (select jsonb_array_elements_text(${JSON.stringify(entitlementIds)}::jsonb))`)
    .orderBy(asc(products.code), asc(entitlements.id));
}
