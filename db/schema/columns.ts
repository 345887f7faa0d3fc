import { sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { boolean, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { RELEASING_ROLES } from '@/lib/licensing/seats/release-policy';

/** A uuid primary key. */
export const id = () => uuid('id').primaryKey().default(sql`gen_random_uuid()`);

/** An instant with time zone, read and written as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** When the row was made, by the database's clock. */
export const createdAt = () => instant('created_at').notNull().defaultNow();

/** What the vendor allows without a device's proof, in addition to the release rule: by whom, with whose approval, how often. */
export const releasePolicyColumns = () => ({
  releaseRoles: text('release_roles', { enum: RELEASING_ROLES }).array().notNull().default(sql`'{customer_admin,support}'`),
  releaseApproval: boolean('release_approval').notNull().default(false),
  /** Whether the approver must be independent: an account of some age, not invited by the claimant. */
  releaseIndependent: boolean('release_independent').notNull().default(false),
  /** Null: any number. */
  releaseLimit: integer('release_limit'),
  releaseLimitDays: integer('release_limit_days'),
});

/** How often seats may come free while the machine that gave them up may still run. Null: the default that follows from seats and lease. */
export const allowanceColumns = () => ({
  reinstallLimit: integer('reinstall_limit'),
  reinstallDays: integer('reinstall_days'),
  /** For each seat bought. */
  returnLimit: integer('return_limit'),
  returnDays: integer('return_days'),
});

/** The dialects whose files are answered. */
export const dialects = () => text('dialects').$type<DialectId>().array().notNull().default(['native']);

/** Condition that a text column holds one of these. */
export const isOneOf = (column: AnyPgColumn, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;

/** Index expression that finds texts by their start, in upper or lower case. Sorted by code point, so that a start is a range. */
export const startOf = (column: AnyPgColumn) => sql`lower(${column}) collate "C"`;
