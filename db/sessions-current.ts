import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client';
import { clock } from './sign-in-clock';

const readerFromJson = z.object({
  sessionId: z.string(),
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['member', 'customer_admin', 'support']),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
});

/** The person a live session belongs to. */
export type Reader = z.output<typeof readerFromJson>;

/**
 * Looks up a session that has neither ended nor run out, of a person who is not disabled, and notes once a minute that it is in use.
 *
 * @param look.idleHours the session runs out when it was not used for so long
 */
export async function findReader(
  db: Database,
  look: { sessionId: string; now: Date | undefined; idleHours: number },
): Promise<Reader | null> {
  const now = clock(look.now);
  const rows = await db.execute<{ reader: unknown }>(sql`
    with live as (
      select s.id, s.last_seen_at, u.id as user_id, u.email, u.name, u.role, u.customer_id
      from sessions s join users u on u.id = s.user_id
      where s.id = ${look.sessionId} and s.ended_at is null and s.expires_at > ${now} and u.disabled_at is null
        and s.last_seen_at > ${now} - make_interval(hours => ${look.idleHours}::integer)
    ), seen as (
      update sessions s set last_seen_at = ${now} from live
      where s.id = live.id and s.ended_at is null and live.last_seen_at < ${now} - interval '1 minute'
    )
    select jsonb_build_object('sessionId', l.id, 'userId', l.user_id, 'email', l.email, 'name', l.name, 'role', l.role,
      'customerId', l.customer_id, 'customerName', c.name) as reader
    from live l left join customers c on c.id = l.customer_id`);
  return readerFromJson.nullable().parse(rows[0]?.reader ?? null);
}
