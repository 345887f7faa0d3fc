import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import { clock } from '../clock';
import type { AuditEntry } from '../exchange/exchange-entry';
import { instantFromJson } from '../row';

const linkFromJson = z.object({ createdAt: instantFromJson, lastFetchedAt: instantFromJson.nullable() });

/** What is known of a person's calendar link. Its secret is not. */
export type CalendarLinkRow = z.output<typeof linkFromJson>;

/** Aliases: `l` of links, `u` of users. */
const stands = sql`u.active and (u.invited_at is null or l.created_at >= u.invited_at)`;

/** Reads the calendar link of a person; null when they have none. */
export async function readCalendarLink(db: Database, userId: string): Promise<CalendarLinkRow | null> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('createdAt', l.created_at, 'lastFetchedAt', l.last_fetched_at) as found
    from calendar_links l join users u on u.id = l.user_id where l.user_id = ${userId}::uuid and ${stands}`);
  return rows[0] ? linkFromJson.parse(rows[0].found) : null;
}

/** Writes a person's calendar link in the place of the one before, with the audit row. */
export async function writeCalendarLink(
  db: Database,
  link: { userId: string; secretDigest: string; at: Date; audit: AuditEntry },
): Promise<void> {
  const query = sql`(insert into calendar_links (user_id, secret_digest, created_at)
    values (${link.userId}::uuid, ${link.secretDigest}, ${link.at.toISOString()}::timestamptz)
    on conflict (user_id) do update set secret_digest = excluded.secret_digest, created_at = excluded.created_at, last_fetched_at = null
    returning user_id)`;
  await writeAudited(db, { writes: [{ name: 'made', query }], audit: link.audit });
}

/** Takes a person's calendar link away, with the audit row. Answers whether there was one. */
export async function deleteCalendarLink(
  db: Database,
  { userId, audit }: { userId: string; audit: AuditEntry },
): Promise<boolean> {
  const query = sql`(delete from calendar_links where user_id = ${userId}::uuid returning user_id)`;
  return (await writeAudited(db, { writes: [{ name: 'gone', query }], audit })) === 'written';
}

const readerFromJson = z.object({
  userId: z.string(),
  email: z.string(),
  role: z.enum(['member', 'customer_admin', 'support']),
  customerId: z.string().nullable(),
});

/** Whose calendar link it is, as they are now. */
export type CalendarReader = z.output<typeof readerFromJson>;

/** Finds whose link it is, unless they were removed, and notes once a minute that it was fetched. */
export async function findCalendarReader(
  db: Database,
  look: { secretDigest: string; now: Date | undefined },
): Promise<CalendarReader | null> {
  const now = clock(look.now);
  const rows = await db.execute<{ found: unknown }>(sql`
    with link as (
      select u.id, u.email, u.role, u.customer_id from calendar_links l join users u on u.id = l.user_id
      where l.secret_digest = ${look.secretDigest} and ${stands}
    ), seen as (
      update calendar_links l set last_fetched_at = ${now} from link
      where l.user_id = link.id and l.secret_digest = ${look.secretDigest}
        and (l.last_fetched_at is null or l.last_fetched_at < ${now} - interval '1 minute')
    )
    select jsonb_build_object('userId', id, 'email', email, 'role', role, 'customerId', customer_id) as found from link`);
  return rows[0] ? readerFromJson.parse(rows[0].found) : null;
}
