import { eq, getTableColumns, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import type { Writing } from '../audit/insert-audited';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import { offeringTermsFromJson, offeringTermsJson } from '../dialects/offering-terms-json';
import type { AuditEntry } from '../exchange/exchange-entry';
import { offerings, products } from '../schema/catalogue';

export type NewProduct = typeof products.$inferInsert;
export type NewOffering = typeof offerings.$inferInsert;

export type ProductRow = typeof products.$inferSelect;

/** An offering, with its terms for single dialects. */
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

/**
 * Writes an offering and its audit row. `exists`: the code is taken.
 *
 * @param input.more rows that are written with it
 */
export function insertOffering(
  db: Database,
  { offering, more, audit }: { offering: NewOffering; more: readonly Writing[]; audit: AuditEntry },
) {
  const query = db.insert(offerings).values(offering).returning({ id: offerings.id });
  return writeAudited(db, { writes: [{ name: 'made', query }, ...more], audit });
}

/** Reads all products, or the one with this code, by code. */
export async function readProducts(db: Database, code: string | null = null): Promise<ProductRow[]> {
  const meant = code === null ? sql`true` : eq(products.code, code);
  return db.select().from(products).where(meant).orderBy(products.code);
}

const o = alias(offerings, 'o');
const termsFromJson = z.object(offeringTermsFromJson);

/** Reads all offerings, or the one with this code, by product and code. */
export async function readOfferings(db: Database, code: string | null = null) {
  const meant = code === null ? sql`true` : eq(o.code, code);
  const rows = await db
    .select({ ...getTableColumns(o), productCode: products.code, terms: sql<unknown>`${offeringTermsJson}` })
    .from(o)
    .innerJoin(products, eq(products.id, o.productId))
    .where(meant)
    .orderBy(products.code, o.code);
  return rows.map(({ terms, ...offering }) => ({ ...offering, ...termsFromJson.parse(terms) }));
}
