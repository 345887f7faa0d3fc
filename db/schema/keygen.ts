import { sql } from 'drizzle-orm';
import { bigint, boolean, check, foreignKey, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { offerings } from './catalogue';
import { createdAt, instant } from './columns';
import { activationCodes, entitlements } from './entitlements';

/** The vendor as Keygen clients know it: three key pairs under one account. The one that is not retired signs. */
export const keygenIssuers = pgTable(
  'keygen_issuers',
  {
    /** Made of the three public keys. */
    kid: text('kid').primaryKey(),
    /** Stays when keys are rotated: clients are built with it. */
    account: uuid('account').notNull(),
    /** SPKI in PEM, by kind. */
    publicPems: jsonb('public_pems').$type<Readonly<Record<'ed25519' | 'rsa' | 'ecdsa', string>>>().notNull(),
    /** PKCS #8 in PEM, by kind, as JSON encrypted under the master key. */
    privateSealed: text('private_sealed').notNull(),
    createdAt: createdAt(),
    retiredAt: instant('retired_at'),
  },
  (table) => [uniqueIndex('keygen_issuers_in_use').on(sql`(${table.retiredAt} is null)`).where(sql`retired_at is null`)],
);

/** How an offering is served to software built for Keygen. */
export const keygenPolicies = pgTable(
  'keygen_policies',
  {
    offeringId: uuid('offering_id')
      .primaryKey()
      .references(() => offerings.id),
    /** Null: plain keys. */
    scheme: text('scheme'),
    /** Null: as long as the lease rule of the entitlement lets. */
    ttlSeconds: bigint('ttl_seconds', { mode: 'number' }),
    algorithm: text('algorithm').notNull(),
    encrypted: boolean('encrypted').notNull(),
    licenceIncludes: text('licence_includes').array().notNull(),
    machineIncludes: text('machine_includes').array().notNull(),
    keyTemplate: text('key_template'),
    proofTemplate: text('proof_template'),
    fingerprintUniqueIn: text('fingerprint_unique_in').notNull(),
    needsFingerprint: boolean('needs_fingerprint').notNull(),
    guests: boolean('guests').notNull(),
    /** Activation proofs are made. They have no end. */
    proofs: boolean('proofs').notNull().default(false),
    /** Each entitlement gets its licence key when it is made; otherwise when one is first asked for. */
    makesKeys: boolean('makes_keys').notNull().default(true),
  },
  (table) => [
    check('keygen_policies_ttl', sql`${table.ttlSeconds} between 3600 and 3155695200`),
    check('keygen_policies_algorithm', sql`${table.algorithm} in ('ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256')`),
    check('keygen_policies_unique_in', sql`${table.fingerprintUniqueIn} in ('licence', 'product', 'vendor')`),
  ],
);

/** The licence key of an entitlement, made once. Found by its digest among the activation codes. Append-only. */
export const keygenKeys = pgTable(
  'keygen_keys',
  {
    entitlementId: uuid('entitlement_id').primaryKey(),
    customerId: uuid('customer_id').notNull(),
    codeId: uuid('code_id').notNull().unique(),
    /** Who signed it. */
    issuerKid: text('issuer_kid')
      .notNull()
      .references(() => keygenIssuers.kid),
    /** Null: a plain key. */
    scheme: text('scheme'),
    /** The key itself, encrypted under the master key: files are encrypted with it. */
    keySealed: text('key_sealed').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({ columns: [table.customerId, table.entitlementId], foreignColumns: [entitlements.customerId, entitlements.id] }),
    foreignKey({ columns: [table.customerId, table.codeId], foreignColumns: [activationCodes.customerId, activationCodes.id] }),
  ],
);
