import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Entitlement, Feature } from '@/lib/licensing/entitlements/entitlement';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import { dialectFromJson } from '../dialect-json';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { products } from '../schema/catalogue';
import { entitlements } from '../schema/entitlements';
import { ALLOWANCE_COLUMNS, allowancesFromJson, allowancesJson, freedJson } from '../seats/allowance-json';
import { POLICY_COLUMNS, releasePolicyFromJson, releasePolicyJson } from '../seats/release-policy-json';

const featureFromJson: z.ZodType<Feature> = z.discriminatedUnion('kind', [
  z.object({ code: z.string(), kind: z.literal('on-off'), enabled: z.boolean() }),
  z.object({ code: z.string(), kind: z.literal('counted'), limit: z.int() }),
]);

/** Features and attributes as stored with entitlements. */
export const featuresFromJson = z.array(featureFromJson);
export const attributesFromJson = z.record(z.string(), z.string());

function overdraftFrom(kind: Overdraft['kind'], value: number): Overdraft {
  switch (kind) {
    case 'none':
    case 'unlimited':
      return { kind };
    case 'absolute':
      return { kind, seats: value };
    case 'percent':
      return { kind, percent: value };
  }
}

/** SQL of the seats held at the instant `now`: `seats_held` without those whose lease has run out and is not settled yet. */
export function heldSeats(now: SQL): SQL {
  return sql`(e.seats_held - (select count(*) from activations h where h.entitlement_id = e.id and h.state in ('active', 'releasing') and h.runs_out_at <= ${now}))::integer`;
}

const terms = rowSchema(entitlements, {
  features: featuresFromJson,
  attributes: attributesFromJson,
  dialects: z.array(dialectFromJson),
})
  .omit({ offeringId: true, seatsHeld: true, createdAt: true })
  .omit(POLICY_COLUMNS)
  .omit(ALLOWANCE_COLUMNS);

const productRules = rowSchema(products).pick({
  ...{ fingerprintRequired: true, fingerprintComponents: true, fingerprintMust: true, greatestRequestAge: true },
});

/** JSON of an entitlement `e` of the offering `o` of the product `p` of the customer `c`, as {@link entitlementFromJson} reads it. */
export function entitlementJson(now: SQL): SQL {
  return sql`${rowJson(entitlements, 'e', terms)} || ${rowJson(products, 'p', productRules)} || jsonb_build_object(
    'customerName', c.name, 'productCode', p.code, 'productName', p.name, 'offeringCode', o.code, 'edition', o.edition,
    'releasePolicy', ${releasePolicyJson}, 'allowances', ${allowancesJson}, 'seatsHeld', ${heldSeats(now)}, 'freed', ${freedJson(now)},
    'usage', (select coalesce(jsonb_object_agg(u.feature, u.used), '{}') from entitlement_usage u where u.entitlement_id = e.id))`;
}

/** Tables behind {@link entitlementJson}, from the alias `e` on. */
export const entitlementJoins = sql`join offerings o on o.id = e.offering_id join products p on p.id = o.product_id join customers c on c.id = e.customer_id`;

/** An entitlement with the names of what it belongs to, seats held, usage and rules of its product. */
export const entitlementFromJson = terms
  .extend({
    ...productRules.shape,
    customerName: z.string(),
    productCode: z.string(),
    productName: z.string(),
    offeringCode: z.string(),
    edition: z.string(),
    releasePolicy: releasePolicyFromJson,
    allowances: allowancesFromJson,
    seatsHeld: z.int(),
    freed: z.array(z.object({ at: instantFromJson, runsOutAt: instantFromJson })),
    usage: z.record(z.string(), z.int()),
  })
  .transform(({ overdraftKind, overdraftValue, ...row }) => ({
    overdraft: overdraftFrom(overdraftKind, overdraftValue),
    ...row,
  })) satisfies z.ZodType<Entitlement>;

export type EntitlementRow = z.output<typeof entitlementFromJson>;
