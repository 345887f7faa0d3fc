import { sql } from 'drizzle-orm';
import { bigint, boolean, check, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Json } from '@/lib/licensing/exchange/request';
import { createdAt, instant } from './columns';

/** A public key as JSON. */
type Jwk = Readonly<Record<string, Json>>;

/** The vendor that runs this portal: one row. The private root key is never stored here. */
export const vendor = pgTable(
  'vendor',
  {
    id: text('id').primaryKey(),
    single: boolean('single').notNull().default(true).unique(),
    name: text('name').notNull(),
    /** CSS colour of the vendor. */
    accent: text('accent').notNull(),
    supportContact: text('support_contact').notNull(),
    rootJwk: jsonb('root_jwk').$type<Jwk>().notNull(),
    /** Key of the activation code digests, encrypted under the master key. */
    codeKeySealed: text('code_key_sealed').notNull(),
    createdAt: createdAt(),
  },
  (table) => [check('vendor_single', sql`${table.single}`)],
);

/** How often anything changed that keys are read from: one row, kept by triggers. */
export const keyRevision = pgTable(
  'key_revision',
  {
    id: boolean('id').primaryKey().default(true),
    revision: bigint('revision', { mode: 'number' }).notNull(),
  },
  (table) => [check('key_revision_single', sql`${table.id}`)],
);

/** Keys that sign replies, certified by the root. Private halves are encrypted under the master key. */
export const signingKeys = pgTable('signing_keys', {
  kid: text('kid').primaryKey(),
  alg: text('alg', { enum: ['Ed25519', 'ES256'] }).notNull(),
  publicJwk: jsonb('public_jwk').$type<Jwk>().notNull(),
  privateSealed: text('private_sealed').notNull(),
  certificate: text('certificate').notNull(),
  createdAt: createdAt(),
  expiresAt: instant('expires_at').notNull(),
  retiredAt: instant('retired_at'),
});

/** Keys that requests are encrypted to. A retired one opens requests until `opens_until`. */
export const exchangeKeys = pgTable('exchange_keys', {
  kid: text('kid').primaryKey(),
  publicJwk: jsonb('public_jwk').$type<Jwk>().notNull(),
  privateSealed: text('private_sealed').notNull(),
  createdAt: createdAt(),
  retiredAt: instant('retired_at'),
  opensUntil: instant('opens_until'),
});
