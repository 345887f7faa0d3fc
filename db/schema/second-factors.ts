import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns';
import { users } from './people';

/** The app of a person that shows one-time codes (TOTP). A row that is not confirmed is being set up, and counts for nothing. */
export const secondFactors = pgTable(
  'second_factors',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The secret that the app shares, encrypted under the master key. */
    secretSealed: text('secret_sealed').notNull(),
    createdAt: createdAt(),
    /** When a right code was typed for the first time. */
    confirmedAt: instant('confirmed_at'),
    /** The greatest step of 30 seconds whose code was used: it and those before it are spent. */
    greatestStep: bigint('greatest_step', { mode: 'number' }).notNull().default(0),
    /** Keyed digests of the recovery codes that were not used yet. */
    recoveryDigests: text('recovery_digests').array().notNull().default(sql`'{}'`),
    /** Base64url SHA-256 of the secret in the link that undoes switching it on; null once its person has signed in with it. */
    undoDigest: text('undo_digest').unique(),
    undoEndsAt: instant('undo_ends_at'),
  },
  (table) => [
    check('second_factors_undo', sql`(${table.undoDigest} is null) = (${table.undoEndsAt} is null)`),
    check('second_factors_recovery', sql`cardinality(${table.recoveryDigests}) <= 8`),
  ],
);

/** Sign-ins whose code from the mail was right, and whose second factor is still to come: one for each person, a newer one replaces it. */
export const pendingSignIns = pgTable('pending_sign_ins', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Keyed digest of what the browser keeps. */
  tokenDigest: text('token_digest').notNull().unique(),
  createdAt: createdAt(),
  expiresAt: instant('expires_at').notNull(),
});
