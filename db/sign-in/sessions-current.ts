import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { clock } from '../clock';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { users } from '../schema/people';
import { recordImpersonationEnds } from '../support/impersonation';

const personFromJson = rowSchema(users)
  .pick({ email: true, name: true, role: true, customerId: true })
  .extend({ userId: z.string(), customerName: z.string().nullable() });

/** Somebody of a customer. */
const impersonatedFromJson = personFromJson.extend({
  role: z.enum(['member', 'customer_admin']),
  ...{ customerId: z.string(), customerName: z.string() },
});

const readerFromJson = personFromJson.extend({
  sessionId: z.string(),
  /** The fresh proof holds: signed in, or typed another code from the mail, within the last minutes. */
  isFresh: z.boolean(),
  /** The impersonation by support; null without one, and for everybody else. */
  impersonation: z
    .object({
      endsAt: instantFromJson,
      /** Null: it ran out or the person was removed, and support has not left it yet. */
      impersonated: impersonatedFromJson.nullable(),
    })
    .nullable(),
});

const foundFromJson = z.compile(readerFromJson.nullable());

/** The person a live session belongs to. */
export type Reader = z.output<typeof readerFromJson>;

/**
 * Looks up a session that has neither ended nor run out, of an active account, and notes once a minute that it is in use. The end
 * of an impersonation that ran out is written to the audit the first time it is seen. The statement runs with every request and is written as
 * text: assembled by the query builder each time, the call took more than twice as long.
 *
 * @param look.freshMinutes minutes for which a proof counts as fresh
 * @param look.idleHours the session runs out when it was not used for so long
 */
export async function findReader(
  db: Database,
  look: { sessionId: string; now: Date | undefined; idleHours: number; freshMinutes: number },
): Promise<Reader | null> {
  const now = clock(look.now);
  const rows = await db.execute<{ reader: unknown }>(sql`
    with live as (
      select s.id, s.viewed_user_id, s.viewing_ends_at, greatest(s.created_at, s.proved_at) as shown_at, u.id as user_id, u.email, u.name, u.role, u.customer_id,
        v.id is not null as views, coalesce(s.viewed_user_id is not null and v.id is null, false) as view_ended
      from sessions s join users u on u.id = s.user_id
        left join users v on v.id = s.viewed_user_id and v.disabled_at is null and s.viewing_ends_at > ${now}
      where s.id = ${look.sessionId} and s.ended_at is null and s.expires_at > ${now} and u.active
        and s.last_seen_at > ${now} - make_interval(hours => ${look.idleHours}::integer)
    ), seen as (
      update sessions s set last_seen_at = ${now}, viewed_user_id = case when live.views then s.viewed_user_id end from live
      where s.id = live.id and s.ended_at is null
        and (s.last_seen_at < ${now} - interval '1 minute' or (live.view_ended and s.viewed_user_id = live.viewed_user_id))
      returning s.user_id, s.viewing_ends_at, case when live.view_ended then live.viewed_user_id end as viewed_user_id
    ), ${recordImpersonationEnds(sql`seen`, now)}
    select ${rowJson(users, 'l', personFromJson)} || jsonb_build_object('sessionId', l.id, 'userId', l.user_id, 'customerName', c.name,
      'isFresh', l.shown_at > ${now} - make_interval(mins => ${look.freshMinutes}::integer),
      'impersonation', case when l.viewing_ends_at is not null then jsonb_build_object('endsAt', l.viewing_ends_at,
        'impersonated', case when l.views then ${rowJson(users, 'v', impersonatedFromJson)} || jsonb_build_object('userId', v.id, 'customerName', vc.name) end) end) as reader
    from live l left join customers c on c.id = l.customer_id left join users v on v.id = l.viewed_user_id left join customers vc on vc.id = v.customer_id`);
  return foundFromJson.parse(rows[0]?.reader ?? null);
}
