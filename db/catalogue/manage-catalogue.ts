import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { PLAN_TYPES, START_RULES } from '@/lib/licensing/entitlements/plan';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import { OVERDRAFT_KINDS } from '@/lib/licensing/seats/overdraft';
import { RELEASE_RULES, RELEASING_ROLES } from '@/lib/licensing/seats/release-policy';
import type { Writing } from '../audit/insert-audited';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import { dialectFromJson } from '../dialect-json';
import { offeringTermsFromJson, offeringTermsJson } from '../dialects/offering-terms';
import { attributesFromJson, featuresFromJson } from '../entitlements/entitlement-json';
import type { AuditEntry } from '../exchange/exchange-entry';
import { instantFromJson } from '../row';
import { offerings, products } from '../schema/catalogue';

export type NewProduct = typeof products.$inferInsert;
export type NewOffering = typeof offerings.$inferInsert;

const productFromJson = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  fingerprintRequired: z.int(),
  fingerprintComponents: z.array(z.string()),
  fingerprintMust: z.array(z.string()),
  greatestRequestAge: z.string().nullable(),
  guestExchange: z.boolean(),
  isBundle: z.boolean(),
  createdAt: instantFromJson,
});

export type ProductRow = z.output<typeof productFromJson>;

const offeringFromJson = z.object({
  id: z.string(),
  productId: z.string(),
  productCode: z.string(),
  code: z.string(),
  edition: z.string(),
  planType: z.enum(PLAN_TYPES),
  startRule: z.enum(START_RULES),
  termLength: z.string().nullable(),
  offlineLeasePeriod: z.string().nullable(),
  gracePeriod: z.string().nullable(),
  maintenanceLength: z.string().nullable(),
  overdraftKind: z.enum(OVERDRAFT_KINDS),
  overdraftValue: z.int(),
  releaseRule: z.enum(RELEASE_RULES),
  releaseRoles: z.array(z.enum(RELEASING_ROLES)),
  releaseApproval: z.boolean(),
  releaseIndependent: z.boolean(),
  releaseLimit: z.int().nullable(),
  releaseLimitDays: z.int().nullable(),
  reinstallLimit: z.int().nullable(),
  reinstallDays: z.int().nullable(),
  returnLimit: z.int().nullable(),
  returnDays: z.int().nullable(),
  dialects: z.array(dialectFromJson),
  features: featuresFromJson,
  attributes: attributesFromJson,
  ...offeringTermsFromJson,
  createdAt: instantFromJson,
});

export type OfferingRow = z.output<typeof offeringFromJson>;

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
  const query = sql`${db.insert(products).values(product).returning({ id: products.id })}`;
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
  const query = sql`${db.insert(offerings).values(offering).returning({ id: offerings.id })}`;
  return writeAudited(db, { writes: [{ name: 'made', query }, ...more], audit });
}

/** Reads all products, or the one with this code, by code. */
export async function readProducts(db: Database, code: string | null = null): Promise<ProductRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name, 'fingerprintRequired', p.fingerprint_required,
      'fingerprintComponents', p.fingerprint_components, 'fingerprintMust', p.fingerprint_must,
      'greatestRequestAge', p.greatest_request_age, 'guestExchange', p.guest_exchange, 'isBundle', p.is_bundle, 'createdAt', p.created_at) as found
    from products p where ${code}::text is null or p.code = ${code} order by p.code`);
  return rows.map((row) => productFromJson.parse(row.found));
}

/** Reads all offerings, or the one with this code, by product and code. */
export async function readOfferings(db: Database, code: string | null = null): Promise<OfferingRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', o.id, 'productId', p.id, 'productCode', p.code, 'code', o.code, 'edition', o.edition, 'planType', o.plan_type,
      'startRule', o.start_rule, 'termLength', o.term_length, 'offlineLeasePeriod', o.offline_lease_period,
      'gracePeriod', o.grace_period, 'maintenanceLength', o.maintenance_length, 'overdraftKind', o.overdraft_kind,
      'overdraftValue', o.overdraft_value, 'releaseRule', o.release_rule, 'releaseRoles', o.release_roles,
      'releaseApproval', o.release_approval, 'releaseIndependent', o.release_independent, 'releaseLimit', o.release_limit, 'releaseLimitDays', o.release_limit_days,
      'reinstallLimit', o.reinstall_limit, 'reinstallDays', o.reinstall_days, 'returnLimit', o.return_limit, 'returnDays', o.return_days,
      'dialects', o.dialects, 'features', o.features, 'attributes', o.attributes,
      'createdAt', o.created_at) || ${offeringTermsJson} as found
    from offerings o join products p on p.id = o.product_id where ${code}::text is null or o.code = ${code} order by p.code, o.code`);
  return rows.map((row) => offeringFromJson.parse(row.found));
}
