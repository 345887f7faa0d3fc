import { sql } from 'drizzle-orm';
import { bigint, boolean, check, foreignKey, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns';
import { activationCodes, entitlements } from './entitlements';
import { vendor } from './vendor';

/** What files of the LicenseSpring dialect are signed with: one row at most, beside the vendor's. */
export const licenseSpringIssuer = pgTable(
  'licensespring_issuer',
  {
    vendorId: text('vendor_id')
      .primaryKey()
      .references(() => vendor.id),
    companyId: bigint('company_id', { mode: 'number' }).notNull(),
    /** Base64url SHA-256 of the public half (SPKI, DER). */
    kid: text('kid').notNull(),
    publicPem: text('public_pem').notNull(),
    /** The private half (PKCS#8, PEM), encrypted under the master key. */
    privateSealed: text('private_sealed').notNull(),
    createdAt: createdAt(),
  },
  (table) => [check('licensespring_issuer_company_id', sql`${table.companyId} between 1 and 9007199254740991`)],
);

/** Names that applications sign their requests under: an api key with its shared key, or an OAuth client with its secret. */
export const licenseSpringClients = pgTable(
  'licensespring_clients',
  {
    /** As it stands in requests. */
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['api-key', 'oauth'] }).notNull(),
    /** The shared key, or the client secret, encrypted under the master key. */
    secretSealed: text('secret_sealed').notNull(),
    label: text('label').notNull().default(''),
    /** Codes of the products it may be used for; null: all. */
    productCodes: text('product_codes').array(),
    createdAt: createdAt(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [check('licensespring_clients_kind', sql`${table.kind} in ('api-key', 'oauth')`)],
);

/** Shared use of a licence on a network. */
export interface FloatingUse {
  readonly users: number;
  readonly timeoutMinutes: number;
  readonly isCloud: boolean;
  readonly borrowHours: number | null;
}

/** What an entitlement is beside its own terms, when it is sold as a licence of the LicenseSpring dialect. */
export const licenseSpringLicences = pgTable(
  'licensespring_licences',
  {
    entitlementId: uuid('entitlement_id').primaryKey(),
    customerId: uuid('customer_id').notNull(),
    /** What replies call it. The plan of the entitlement says whether it is a trial. */
    licenceType: text('licence_type', { enum: ['perpetual', 'time-limited', 'subscription', 'consumption'] }).notNull(),
    preventVm: boolean('prevent_vm').notNull().default(false),
    /** Carried for the application, as the other terms below: 0 is no limit. */
    maxTransfers: bigint('max_transfers', { mode: 'number' }).notNull().default(0),
    /** Of the counted feature that stands for the licence, so many are overages. */
    maxOverages: bigint('max_overages', { mode: 'number' }).notNull().default(0),
    /** Shared use on a network; null: none. */
    floating: jsonb('floating').$type<FloatingUse>(),
    customFields: jsonb('custom_fields').$type<Readonly<Record<string, string>>>().notNull().default({}),
    /** When single features end, by their codes: ISO 8601. */
    featureEnds: jsonb('feature_ends').$type<Readonly<Record<string, string>>>().notNull().default({}),
    /** Digests of hardware ids, as they stand in fingerprints, that get nothing. */
    blacklist: text('blacklist').array().notNull().default(sql`'{}'`),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({ columns: [table.customerId, table.entitlementId], foreignColumns: [entitlements.customerId, entitlements.id] }),
    check(
      'licensespring_licences_type',
      sql`${table.licenceType} in ('perpetual', 'time-limited', 'subscription', 'consumption')`,
    ),
    check('licensespring_licences_counts', sql`${table.maxTransfers} >= 0 and ${table.maxOverages} >= 0`),
  ],
);

/** A user of licences: the user name is a code, and the password is asked for beside it. */
export const licenseSpringUsers = pgTable(
  'licensespring_users',
  {
    codeId: uuid('code_id').primaryKey(),
    customerId: uuid('customer_id').notNull(),
    username: text('username').notNull().unique(),
    passwordHash: text('password_hash').notNull(),
    /** Whether the vendor chose the password. */
    isInitialPassword: boolean('is_initial_password').notNull().default(true),
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    phoneNumber: text('phone_number').notNull().default(''),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({ columns: [table.customerId, table.codeId], foreignColumns: [activationCodes.customerId, activationCodes.id] }),
  ],
);
