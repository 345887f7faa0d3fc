import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Entitlement } from '@/lib/licensing/entitlements/entitlement';
import type { Feature } from '@/lib/licensing/entitlements/feature';
import { PLAN_TYPES, START_RULES } from '@/lib/licensing/entitlements/plan';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import { OVERDRAFT_KINDS } from '@/lib/licensing/seats/overdraft';
import { instantFromJson } from '../row';
import { allowancesFromJson, allowancesJson, freedJson } from '../seats/allowance-json';
import { releasePolicyFromJson, releasePolicyJson } from '../seats/release-policy-json';

const featureFromJson: z.ZodType<Feature> = z.discriminatedUnion('kind', [
  z.object({ code: z.string(), kind: z.literal('on-off'), enabled: z.boolean() }),
  z.object({ code: z.string(), kind: z.literal('counted'), limit: z.int() }),
]);

/** Features and attributes as stored with offerings and entitlements. */
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

/** Seats held at the instant `now`, without those whose lease has run out and that nobody has settled yet. */
export function heldSeats(now: SQL): SQL {
  return sql`(e.seats_held - (select count(*) from activations h where h.entitlement_id = e.id and h.state in ('active', 'releasing') and h.runs_out_at <= ${now}))::integer`;
}

/** JSON of an entitlement `e` of the offering `o` of the product `p` of the customer `c`, as {@link entitlementFromJson} reads it. */
export function entitlementJson(now: SQL): SQL {
  return sql`jsonb_build_object('id', e.id, 'revision', e.revision, 'customerId', e.customer_id, 'customerName', c.name,
    'productCode', p.code, 'productName', p.name, 'fingerprintRequired', p.fingerprint_required, 'fingerprintComponents', p.fingerprint_components,
    'fingerprintMust', p.fingerprint_must, 'greatestRequestAge', p.greatest_request_age, 'dialects', e.dialects,
    'offeringCode', o.code, 'edition', o.edition, 'orderReference', e.order_reference, 'planType', e.plan_type, 'startRule', e.start_rule,
    'startsAt', e.starts_at, 'termLength', e.term_length, 'termEndsAt', e.term_ends_at, 'offlineLeasePeriod', e.offline_lease_period,
    'gracePeriod', e.grace_period, 'maintenanceEndsAt', e.maintenance_ends_at, 'seats', e.seats, 'seatsCap', e.seats_cap,
    'overdraftKind', e.overdraft_kind, 'overdraftValue', e.overdraft_value, 'releasePolicy', ${releasePolicyJson},
    'features', e.features, 'attributes', e.attributes, 'disabledAt', e.disabled_at, 'seatsHeld', ${heldSeats(now)},
    'allowances', ${allowancesJson}, 'freed', ${freedJson(now)},
    'usage', (select coalesce(jsonb_object_agg(u.feature, u.used), '{}') from entitlement_usage u where u.entitlement_id = e.id))`;
}

/** Tables behind {@link entitlementJson}, from the alias `e` on. */
export const entitlementJoins = sql`join offerings o on o.id = e.offering_id join products p on p.id = o.product_id join customers c on c.id = e.customer_id`;

/** An entitlement with what stands around it: names, seats held, usage, rules of its product. */
export const entitlementFromJson = z
  .object({
    id: z.string(),
    revision: z.int(),
    customerId: z.string(),
    customerName: z.string(),
    productCode: z.string(),
    productName: z.string(),
    fingerprintRequired: z.int(),
    fingerprintComponents: z.array(z.string()).nullable(),
    fingerprintMust: z.array(z.string()),
    /** Dialects whose files are answered. */
    dialects: z.array(z.string()),
    greatestRequestAge: z.string().nullable(),
    offeringCode: z.string(),
    edition: z.string(),
    orderReference: z.string(),
    planType: z.enum(PLAN_TYPES),
    startRule: z.enum(START_RULES),
    startsAt: instantFromJson.nullable(),
    termLength: z.string().nullable(),
    termEndsAt: instantFromJson.nullable(),
    offlineLeasePeriod: z.string().nullable(),
    gracePeriod: z.string().nullable(),
    maintenanceEndsAt: instantFromJson.nullable(),
    seats: z.int(),
    seatsCap: z.int(),
    overdraftKind: z.enum(OVERDRAFT_KINDS),
    overdraftValue: z.int(),
    releasePolicy: releasePolicyFromJson,
    features: featuresFromJson,
    attributes: attributesFromJson,
    disabledAt: instantFromJson.nullable(),
    seatsHeld: z.int(),
    allowances: allowancesFromJson,
    freed: z.array(z.object({ at: instantFromJson, runsOutAt: instantFromJson })),
    usage: z.record(z.string(), z.int()),
  })
  .transform(({ overdraftKind, overdraftValue, ...row }) => ({
    overdraft: overdraftFrom(overdraftKind, overdraftValue),
    ...row,
  })) satisfies z.ZodType<Entitlement>;

export type EntitlementRow = z.output<typeof entitlementFromJson>;
