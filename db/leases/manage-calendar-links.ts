import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import { clock } from '../clock';
import type { AuditEntry } from '../exchange/exchange-entry';
import { calendarLinks } from '../schema/calendar-links';
import { users } from '../schema/people';

/** Condition on links and their users: the account is active, and the same as when the link was made. */
const stands = sql`${users.active} and (${users.invitedAt} is null or ${calendarLinks.createdAt} >= ${users.invitedAt})`;

/** Reads the calendar link of a person without its secret, which is not stored; null when they have none. */
export async function readCalendarLink(db: Database, userId: string) {
  const { createdAt, lastFetchedAt } = calendarLinks;
  const [link] = await db
    .select({ createdAt, lastFetchedAt })
    .from(calendarLinks)
    .innerJoin(users, eq(users.id, calendarLinks.userId))
    .where(and(eq(calendarLinks.userId, userId), stands));
  return link ?? null;
}

/** Writes a person's calendar link, which replaces the one before, with the audit row. */
export async function writeCalendarLink(
  db: Database,
  { userId, secretDigest, at, audit }: { userId: string; secretDigest: string; at: Date; audit: AuditEntry },
): Promise<void> {
  const made = { secretDigest, createdAt: at, lastFetchedAt: null };
  const query = db
    .insert(calendarLinks)
    .values({ userId, ...made })
    .onConflictDoUpdate({ target: calendarLinks.userId, set: made })
    .returning({ userId: calendarLinks.userId });
  await writeAudited(db, { writes: [{ name: 'made', query }], audit });
}

/** Deletes a person's calendar link, with the audit row. Returns whether there was one. */
export async function deleteCalendarLink(
  db: Database,
  { userId, audit }: { userId: string; audit: AuditEntry },
): Promise<boolean> {
  const query = db.delete(calendarLinks).where(eq(calendarLinks.userId, userId)).returning({ userId: calendarLinks.userId });
  return (await writeAudited(db, { writes: [{ name: 'gone', query }], audit })) === 'written';
}

/** Finds the active person of a link, and notes at most once a minute that it was fetched; null if there is none. */
export async function findCalendarReader(db: Database, look: { secretDigest: string; now: Date | undefined }) {
  const now = clock(look.now);
  const { userId, secretDigest, lastFetchedAt } = calendarLinks;
  const { email, role, customerId } = users;
  const isMeant = eq(secretDigest, look.secretDigest);
  const link = db
    .$with('link')
    .as(
      db
        .select({ userId, email, role, customerId })
        .from(calendarLinks)
        .innerJoin(users, eq(users.id, userId))
        .where(and(isMeant, stands)),
    );
  const isDue = or(isNull(lastFetchedAt), lt(lastFetchedAt, sql`${now} - interval '1 minute'`));
  const found = inArray(userId, sql`(select user_id from link)`);
  const seen = db.$with('seen').as(
    db
      .update(calendarLinks)
      .set({ lastFetchedAt: now })
      .where(and(isMeant, found, isDue)),
  );
  const [reader] = await db.with(link, seen).select().from(link);
  return reader ?? null;
}
