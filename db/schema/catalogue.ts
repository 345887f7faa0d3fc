import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { DEFAULT_COMPONENTS } from '@/lib/licensing/devices/fingerprint';
import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import { PLAN_TYPES, START_RULES } from '@/lib/licensing/entitlements/plan';
import { OVERDRAFT_KINDS } from '@/lib/licensing/seats/overdraft';
import { RELEASE_RULES } from '@/lib/licensing/seats/release-policy';
import { allowanceColumns, createdAt, dialects, id, instant, isOneOf, releasePolicyColumns } from './columns';

export const products = pgTable(
  'products',
  {
    id: id(),
    code: text('code').notNull().unique(),
    name: text('name').notNull(),
    /** Components of a fingerprint that must match for two fingerprints to be of the same device. */
    fingerprintRequired: integer('fingerprint_required').notNull().default(2),
    /** Components of a fingerprint that count; others are only stored and shown. */
    fingerprintComponents: text('fingerprint_components')
      .array()
      .notNull()
      .default([...DEFAULT_COMPONENTS]),
    /** Components that must match in any case. */
    fingerprintMust: text('fingerprint_must').array().notNull().default([]),
    /** ISO 8601 duration; null: a request is good until it is answered. */
    greatestRequestAge: text('greatest_request_age'),
    /** Files that prove their own right are exchanged without signing in. */
    guestExchange: boolean('guest_exchange').notNull().default(false),
    /** Nothing is issued for it at the moment. */
    disabledAt: instant('disabled_at'),
    /** No longer sold: nothing new is issued for it. */
    archivedAt: instant('archived_at'),
    /** Sold as several products at once: nothing is issued for it alone. */
    isBundle: boolean('is_bundle').notNull().default(false),
    /** The lowest schema version of requests that is accepted, in a dialect whose requests have one. Version 1 does not sign what a request asks for. */
    minimumSchema: integer('minimum_schema').$type<1 | 2>().notNull().default(2),
    createdAt: createdAt(),
  },
  (table) => [
    check('products_fingerprint_required', sql`${table.fingerprintRequired} between 1 and 16`),
    check('products_fingerprint_must', sql`${table.fingerprintMust} <@ ${table.fingerprintComponents}`),
    check('products_minimum_schema', sql`${table.minimumSchema} in (1, 2)`),
  ],
);

/** Product edition and plan: what is ordered. Entitlements copy its terms when they are made. */
export const offerings = pgTable(
  'offerings',
  {
    id: id(),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id),
    code: text('code').notNull().unique(),
    edition: text('edition').notNull(),
    planType: text('plan_type', { enum: PLAN_TYPES }).notNull(),
    startRule: text('start_rule', { enum: START_RULES }).notNull(),
    termLength: text('term_length'),
    offlineLeasePeriod: text('offline_lease_period'),
    gracePeriod: text('grace_period'),
    maintenanceLength: text('maintenance_length'),
    overdraftKind: text('overdraft_kind', { enum: OVERDRAFT_KINDS }).notNull().default('none'),
    overdraftValue: integer('overdraft_value').notNull().default(0),
    releaseRule: text('release_rule', { enum: RELEASE_RULES }).notNull().default('when-lease-ran-out'),
    ...releasePolicyColumns(),
    ...allowanceColumns(),
    dialects: dialects(),
    features: jsonb('features').$type<readonly Feature[]>().notNull().default([]),
    attributes: jsonb('attributes').$type<Readonly<Record<string, string>>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [
    check('offerings_plan_type', isOneOf(table.planType, PLAN_TYPES)),
    check('offerings_start_rule', isOneOf(table.startRule, START_RULES)),
    check('offerings_overdraft_kind', isOneOf(table.overdraftKind, OVERDRAFT_KINDS)),
    check('offerings_overdraft_value', sql`${table.overdraftValue} >= 0`),
    check('offerings_release_rule', isOneOf(table.releaseRule, RELEASE_RULES)),
    check('offerings_release_roles', sql`${table.releaseRoles} <@ array['member', 'customer_admin', 'support']`),
    check('offerings_release_limit', sql`(${table.releaseLimit} is null) = (${table.releaseLimitDays} is null)`),
    check('offerings_allowances', sql`least(${table.reinstallDays}, ${table.returnDays}) >= 1`),
    check('offerings_allowance_limits', sql`least(${table.reinstallLimit}, ${table.returnLimit}) >= 0`),
    check('offerings_dialects', sql`cardinality(${table.dialects}) >= 1`),
    check('offerings_release_limits', sql`${table.releaseLimit} >= 1 and ${table.releaseLimitDays} >= 1`),
  ],
);
