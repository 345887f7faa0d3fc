import { sql } from 'drizzle-orm';
import type { Database } from '../client';

/** Whose an entitlement is, and of which product. */
export interface SoldRow {
  readonly entitlementId: string;
  readonly customerId: string;
  readonly productCode: string;
}

/** Reads whose entitlements are, and of which products. Those that do not exist are missing. */
export async function readSold(db: Database, entitlementIds: readonly string[]): Promise<SoldRow[]> {
  const rows = await db.execute<{ entitlement: string; customer: string; product: string }>(sql`
    select e.id as entitlement, e.customer_id as customer, p.code as product
    from entitlements e join offerings o on o.id = e.offering_id join products p on p.id = o.product_id
    where e.id::text in (select jsonb_array_elements_text(${JSON.stringify(entitlementIds)}::jsonb)) order by p.code, e.id`);
  return rows.map(({ entitlement, customer, product }) => ({
    entitlementId: entitlement,
    customerId: customer,
    productCode: product,
  }));
}
