import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, unique, uuid, varchar } from 'drizzle-orm/pg-core';
import { createdAt, id, instant, startOf } from './columns';

export const customers = pgTable(
  'customers',
  {
    id: id(),
    code: text('code').notNull().unique(),
    name: text('name').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('customers_code_start').on(startOf(table.code), table.id),
    index('customers_name_start').on(startOf(table.name), table.id),
  ],
);

/** People who can sign in. Support belongs to the vendor and to no customer; everybody else belongs to one customer. */
export const users = pgTable(
  'users',
  {
    id: id(),
    /** Lower case. */
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    customerId: uuid('customer_id').references(() => customers.id),
    createdAt: createdAt(),
    /** When somebody removed or disabled the account. */
    disabledAt: instant('disabled_at'),
    /** The newest invitation; null for an account that was made without one. */
    invitedAt: instant('invited_at'),
    /** What became of the newest invitation's mail; null while it was not sent yet. */
    invitationMail: text('invitation_mail'),
    invitationMailAt: instant('invitation_mail_at'),
    /** What the mail server said. */
    invitationAnswer: text('invitation_answer'),
  },
  (table) => [
    unique('users_in_customer').on(table.customerId, table.id),
    index('users_of_customer').on(table.customerId, table.createdAt, table.id),
    index('users_email_start').on(startOf(table.email), table.id),
    index('users_name_start').on(startOf(table.name), table.id),
    check('users_role', sql`${table.role} in ('member', 'customer_admin', 'support')`),
    check('users_customer', sql`(${table.role} = 'support') = (${table.customerId} is null)`),
    check('users_invitation_mail', sql`${table.invitationMail} in ('accepted', 'refused', 'failed')`),
    check('users_email', sql`${table.email} = lower(${table.email}) and position('@' in ${table.email}) > 1`),
  ],
);

/** One-time codes sent by mail. A row for an unknown address has no user, so that both kinds of address look alike. */
export const signInCodes = pgTable(
  'sign_in_codes',
  {
    id: id(),
    email: text('email').notNull(),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    codeDigest: text('code_digest').notNull(),
    attemptsLeft: integer('attempts_left').notNull(),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [
    index('sign_in_codes_email').on(table.email, table.createdAt),
    check('sign_in_codes_attempts', sql`${table.attemptsLeft} >= 0`),
  ],
);

/** Signed-in browsers. Looked up on every request, so that ending one works at once. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent').notNull().default(''),
    createdAt: createdAt(),
    /** When its person last typed a code from the mail to show that it is still them. Null: never since they signed in. */
    provedAt: instant('proved_at'),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    /** Whom support looks as. Null again once the end of that is in the audit. */
    viewedUserId: uuid('viewed_user_id').references(() => users.id),
    /** When looking as somebody else runs out. Stays until whoever looked has come back from it: until then nothing can be changed. */
    viewingEndsAt: instant('viewing_ends_at'),
  },
  (table) => [
    index('sessions_user').on(table.userId),
    index('sessions_viewing').on(table.viewingEndsAt).where(sql`viewed_user_id is not null`),
    check('sessions_viewing', sql`${table.viewedUserId} is null or ${table.viewingEndsAt} is not null`),
  ],
);

/** One-time codes by which somebody who is signed in shows that it is still them: one for each session, a newer one replaces it. */
export const sessionCodes = pgTable(
  'session_codes',
  {
    sessionId: uuid('session_id')
      .primaryKey()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    codeDigest: text('code_digest').notNull(),
    /** None once the right code was typed. */
    attemptsLeft: integer('attempts_left').notNull(),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [check('session_codes_attempts', sql`${table.attemptsLeft} >= 0`)],
);

/** Counters of the throttling library (rate-limiter-flexible); the shape is its own. */
export const rateLimits = pgTable('rate_limits', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  expire: bigint('expire', { mode: 'number' }),
});
