import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns';
import { users } from './people';

/** The private calendar address of a person, at most one each. Who has the secret in it sees lease ends, so only its digest is kept. */
export const calendarLinks = pgTable('calendar_links', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Base64url SHA-256 of the secret. */
  secretDigest: text('secret_digest').notNull().unique(),
  createdAt: createdAt(),
  /** Noted once a minute. */
  lastFetchedAt: instant('last_fetched_at'),
});
