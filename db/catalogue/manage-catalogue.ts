import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { keygenPolicyColumns } from '../keygen/keygen-policies';
import { offerings, products } from '../schema/catalogue';
import { keygenPolicies } from '../schema/keygen';

export type NewProduct = typeof products.$inferInsert;
export type NewOffering = typeof offerings.$inferInsert;
type NewKeygenPolicy = Omit<typeof keygenPolicies.$inferInsert, 'offeringId'>;

export type ProductRow = typeof products.$inferSelect;

/** An offering, with its policy for software built for Keygen where it has one. */
export type OfferingRow = Awaited<ReturnType<typeof readOfferings>>[number];

/** The two columns an overdraft is stored in. */
export function overdraftColumns(overdraft: Overdraft): { overdraftKind: Overdraft['kind']; overdraftValue: number } {
  switch (overdraft.kind) {
    case 'none':
    case 'unlimited':
      return { overdraftKind: overdraft.kind, overdraftValue: 0 };
    case 'absolute':
      return { overdraftKind: overdraft.kind, overdraftValue: overdraft.seats };
    case 'percent':
      return { overdraftKind: overdraft.kind, overdraftValue: overdraft.percent };
  }
}

/** Writes a product and its audit row. `exists`: the code is taken. */
export function insertProduct(db: Database, { product, audit }: { product: NewProduct; audit: AuditEntry }) {
  const query = db.insert(products).values(product).returning({ id: products.id });
  return writeAudited(db, { writes: [{ name: 'made', query }], audit });
}

/** Writes an offering, its policy for software built for Keygen, and the audit row. `exists`: the code is taken. */
export function insertOffering(
  db: Database,
  {
    offering,
    keygen,
    audit,
  }: { offering: NewOffering & { readonly id: string }; keygen: NewKeygenPolicy | null; audit: AuditEntry },
) {
  const query = db.insert(offerings).values(offering).returning({ id: offerings.id });
  const policies = keygen === null ? [] : [{ ...keygen, offeringId: offering.id }];
  const beside = policies.map((policy) => ({ name: 'policy', query: db.insert(keygenPolicies).values(policy) }));
  return writeAudited(db, { writes: [{ name: 'made', query }, ...beside], audit });
}

/** Reads all products, or the one with this code, by code. */
export async function readProducts(db: Database, code: string | null = null): Promise<ProductRow[]> {
  const meant = code === null ? sql`true` : eq(products.code, code);
  return db.select().from(products).where(meant).orderBy(products.code);
}

/** Reads all offerings, or the one with this code, by product and code. */
export async function readOfferings(db: Database, code: string | null = null) {
  const meant = code === null ? sql`true` : eq(offerings.code, code);
  return db
    .select({ ...getTableColumns(offerings), productCode: products.code, keygen: keygenPolicyColumns })
    .from(offerings)
    .innerJoin(products, eq(products.id, offerings.productId))
    .leftJoin(keygenPolicies, eq(keygenPolicies.offeringId, offerings.id))
    .where(meant)
    .orderBy(products.code, offerings.code);
}
