import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text, unique, uniqueIndex, uuid, varchar } from 'drizzle-orm/pg-core';
import { createdAt, id, instant, isOneOf, startOf } from './columns';

/** Roles of people: `support` belongs to the vendor. */
const PERSON_ROLES = ['member', 'customer_admin', 'support'] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];
export type CustomerRole = Exclude<PersonRole, 'support'>;

/** What the mail server said to a mail; `failed`: it could not be asked. */
export const MAIL_OUTCOMES = ['accepted', 'refused', 'failed'] as const;
export type MailOutcome = (typeof MAIL_OUTCOMES)[number];

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

/**
 * People of customers and of the vendor, whose support belongs to no customer. An address has at most one active account.
 * Inactive accounts do not block it: each customer may have one for it.
 */
export const users = pgTable(
  'users',
  {
    id: id(),
    /** Lower case. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: PERSON_ROLES }).notNull(),
    customerId: uuid('customer_id').references(() => customers.id),
    createdAt: createdAt(),
    /** When the person accepted the invitation by signing in, or the operator made the account. Null: not yet. */
    joinedAt: instant('joined_at').defaultNow(),
    /** When somebody removed or disabled the account, or its invitation ran out. */
    disabledAt: instant('disabled_at'),
    /** When the operator deleted the person: from then on, name and address in this row are placeholders. */
    deletedAt: instant('deleted_at'),
    /** Joined, and neither removed nor deleted: can sign in. */
    active: boolean('active').notNull().generatedAlwaysAs(sql`(joined_at is not null and disabled_at is null)`),
    /** The newest invitation; null for an account that was made without one. */
    invitedAt: instant('invited_at'),
    /** Whose account made the newest invitation; null for the operator's. */
    invitedBy: uuid('invited_by'),
    /** Outcome of the newest invitation's mail; null while it is not sent. */
    invitationMail: text('invitation_mail', { enum: MAIL_OUTCOMES }),
    invitationMailAt: instant('invitation_mail_at'),
    /** What the mail server said. */
    invitationAnswer: text('invitation_answer'),
  },
  (table) => [
    unique('users_in_customer').on(table.customerId, table.id),
    unique('users_address_in_customer').on(table.customerId, table.email),
    uniqueIndex('users_address').on(table.email).where(sql`active`),
    index('users_email').on(table.email),
    index('users_waiting').on(table.invitedAt).where(sql`joined_at is null and disabled_at is null`),
    index('users_of_customer').on(table.customerId, table.createdAt, table.id),
    index('users_email_start').on(startOf(table.email), table.id),
    index('users_name_start').on(startOf(table.name), table.id),
    check('users_role', isOneOf(table.role, PERSON_ROLES)),
    check('users_customer', sql`(${table.role} = 'support') = (${table.customerId} is null)`),
    check('users_waiting', sql`${table.joinedAt} is not null or ${table.invitedAt} is not null`),
    check('users_deleted', sql`${table.deletedAt} is null or ${table.disabledAt} is not null`),
    check('users_invitation_mail', isOneOf(table.invitationMail, MAIL_OUTCOMES)),
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
    /** The person whom support impersonates. Null again once the end is in the audit. */
    viewedUserId: uuid('viewed_user_id').references(() => users.id),
    /** When the impersonation runs out. Stays until support has left it: until then the session changes nothing. */
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
