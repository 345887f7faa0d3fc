import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import { PLAN_TYPES, START_RULES } from '@/lib/licensing/entitlements/plan';
import { OVERDRAFT_KINDS } from '@/lib/licensing/seats/overdraft';
import { RELEASE_RULES } from '@/lib/licensing/seats/release-policy';
import { offerings, products } from './catalogue';
import { allowanceColumns, createdAt, dialects, id, instant, isOneOf, releasePolicyColumns, startOf } from './columns';
import { customers, users } from './people';

/** What one customer may use. `seats_held` is kept by the commit functions alone. */
export const entitlements = pgTable(
  'entitlements',
  {
    id: id(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    offeringId: uuid('offering_id')
      .notNull()
      .references(() => offerings.id),
    orderReference: text('order_reference').notNull().default(''),
    planType: text('plan_type', { enum: PLAN_TYPES }).notNull(),
    startRule: text('start_rule', { enum: START_RULES }).notNull(),
    startsAt: instant('starts_at'),
    termLength: text('term_length'),
    termEndsAt: instant('term_ends_at'),
    offlineLeasePeriod: text('offline_lease_period'),
    gracePeriod: text('grace_period'),
    maintenanceEndsAt: instant('maintenance_ends_at'),
    seats: integer('seats').notNull(),
    overdraftKind: text('overdraft_kind', { enum: OVERDRAFT_KINDS }).notNull(),
    overdraftValue: integer('overdraft_value').notNull(),
    seatsCap: integer('seats_cap')
      .notNull()
      .generatedAlwaysAs(
        sql`least(2147483647, case when plan_type = 'trial' then seats::bigint else case overdraft_kind when 'none' then seats::bigint when 'absolute' then seats::bigint + overdraft_value when 'percent' then seats::bigint + seats::bigint * overdraft_value / 100 else 2147483647 end end)::integer`,
      ),
    seatsHeld: integer('seats_held').notNull().default(0),
    releaseRule: text('release_rule', { enum: RELEASE_RULES }).notNull(),
    ...releasePolicyColumns(),
    ...allowanceColumns(),
    dialects: dialects(),
    features: jsonb('features').$type<readonly Feature[]>().notNull(),
    attributes: jsonb('attributes').$type<Readonly<Record<string, string>>>().notNull(),
    disabledAt: instant('disabled_at'),
    revision: integer('revision').notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    unique('entitlements_in_customer').on(table.customerId, table.id),
    index('entitlements_order_start').on(startOf(table.orderReference), table.id).where(sql`order_reference <> ''`),
    check('entitlements_seats', sql`${table.seats} >= 0`),
    check('entitlements_seats_held', sql`${table.seatsHeld} between 0 and ${table.seatsCap}`),
    check('entitlements_plan_type', isOneOf(table.planType, PLAN_TYPES)),
    check('entitlements_start_rule', isOneOf(table.startRule, START_RULES)),
    check('entitlements_started', sql`${table.startsAt} is not null or ${table.startRule} = 'on-first-activation'`),
    check(
      'entitlements_term',
      sql`${table.termEndsAt} is null or ${table.startsAt} is null or ${table.termEndsAt} > ${table.startsAt}`,
    ),
    check('entitlements_overdraft_kind', isOneOf(table.overdraftKind, OVERDRAFT_KINDS)),
    check('entitlements_overdraft_value', sql`${table.overdraftValue} >= 0`),
    check('entitlements_release_rule', isOneOf(table.releaseRule, RELEASE_RULES)),
    check('entitlements_release_roles', sql`${table.releaseRoles} <@ array['member', 'customer_admin', 'support']`),
    check('entitlements_release_limit', sql`(${table.releaseLimit} is null) = (${table.releaseLimitDays} is null)`),
    check('entitlements_allowances', sql`least(${table.reinstallDays}, ${table.returnDays}) >= 1`),
    check('entitlements_allowance_limits', sql`least(${table.reinstallLimit}, ${table.returnLimit}) >= 0`),
    check('entitlements_dialects', sql`cardinality(${table.dialects}) >= 1`),
    check('entitlements_release_limits', sql`${table.releaseLimit} >= 1 and ${table.releaseLimitDays} >= 1`),
    check('entitlements_revision', sql`${table.revision} >= 1`),
  ],
);

/** Counted features used, as devices reported it. */
export const entitlementUsage = pgTable(
  'entitlement_usage',
  {
    customerId: uuid('customer_id').notNull(),
    entitlementId: uuid('entitlement_id').notNull(),
    feature: text('feature').notNull(),
    used: bigint('used', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entitlementId, table.feature] }),
    foreignKey({ columns: [table.customerId, table.entitlementId], foreignColumns: [entitlements.customerId, entitlements.id] }),
    check('entitlement_usage_used', sql`${table.used} >= 0`),
  ],
);

/** Which members may use an entitlement. */
export const entitlementAssignments = pgTable(
  'entitlement_assignments',
  {
    customerId: uuid('customer_id').notNull(),
    entitlementId: uuid('entitlement_id').notNull(),
    userId: uuid('user_id').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.entitlementId, table.userId] }),
    foreignKey({ columns: [table.customerId, table.entitlementId], foreignColumns: [entitlements.customerId, entitlements.id] }),
    foreignKey({ columns: [table.customerId, table.userId], foreignColumns: [users.customerId, users.id] }).onDelete('cascade'),
    index('entitlement_assignments_user').on(table.userId),
  ],
);

/** Codes that name an entitlement, or several at once. Only a keyed digest and the last four characters are kept. */
export const activationCodes = pgTable(
  'activation_codes',
  {
    id: id(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    digest: text('digest').notNull().unique(),
    lastFour: text('last_four').notNull(),
    createdAt: createdAt(),
    withdrawnAt: instant('withdrawn_at'),
    /** Seats that requests with it may hold at once of each entitlement; null: all that there are. */
    seats: integer('seats'),
    /** The bundle that is sold under it; null for other codes. */
    bundleId: uuid('bundle_id').references(() => products.id),
  },
  (table) => [
    unique('activation_codes_in_customer').on(table.customerId, table.id),
    index('activation_codes_last_four').on(table.lastFour, table.createdAt),
    check('activation_codes_seats', sql`${table.seats} >= 0`),
  ],
);

export const activationCodeEntitlements = pgTable(
  'activation_code_entitlements',
  {
    customerId: uuid('customer_id').notNull(),
    codeId: uuid('code_id').notNull(),
    entitlementId: uuid('entitlement_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.codeId, table.entitlementId] }),
    foreignKey({ columns: [table.customerId, table.codeId], foreignColumns: [activationCodes.customerId, activationCodes.id] }),
    foreignKey({ columns: [table.customerId, table.entitlementId], foreignColumns: [entitlements.customerId, entitlements.id] }),
    index('activation_code_entitlements_entitlement').on(table.entitlementId),
  ],
);
