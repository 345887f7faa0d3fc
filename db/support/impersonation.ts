import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Database } from '../client';
import { clock } from '../clock';

interface OwnSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly now: Date | undefined;
}

/**
 * Starts the impersonation of a customer's person in a session and writes it to the audit of that customer. Ends the session's impersonation
 * before, and writes the end of every impersonation that ran out.
 *
 * @returns false, and nothing is written, when the session is not the user's own or has ended, or the person belongs to no customer or was removed
 */
export async function writeImpersonation(
  db: Database,
  start: OwnSession & { personId: string; minutes: number },
): Promise<boolean> {
  const now = clock(start.now);
  const rows = await db.execute<{ started: number }>(sql`
    with impersonated as (
      select v.id, v.email, v.customer_id from users v where v.id = ${start.personId}::uuid and v.customer_id is not null and v.disabled_at is null
    ), own as (
      select s.id, s.user_id, s.viewed_user_id, s.viewing_ends_at from sessions s
      where s.id = ${start.sessionId}::uuid and s.user_id = ${start.userId}::uuid and s.ended_at is null and s.expires_at > ${now}
      for update
    ), started as (
      update sessions s set viewed_user_id = impersonated.id, viewing_ends_at = ${now} + make_interval(mins => ${start.minutes}::integer)
      from own, impersonated where s.id = own.id
      returning s.user_id, impersonated.id as viewed_user_id, impersonated.email, impersonated.customer_id, s.viewing_ends_at
    ), ran_out as (
      update sessions s set viewed_user_id = null from (
        select id, viewed_user_id from sessions where viewed_user_id is not null and viewing_ends_at <= ${now} and id <> ${start.sessionId}::uuid
        for update skip locked) was
      where s.id = was.id
      returning s.user_id, was.viewed_user_id, s.viewing_ends_at
    ), over as (
      select user_id, viewed_user_id, viewing_ends_at from ran_out
      union all select own.user_id, own.viewed_user_id, own.viewing_ends_at from own, impersonated where own.viewed_user_id is not null
    ), ${recordImpersonationEnds(sql`over`, now)}, told as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select ${now}, s.customer_id, u.id, u.email, u.role, 'customer.view-started',
        jsonb_build_object('personId', s.viewed_user_id, 'email', s.email, 'until', s.viewing_ends_at)
      from started s join users u on u.id = s.user_id
    )
    select count(*)::integer as started from started`);
  return (rows[0]?.started ?? 0) > 0;
}

/** Ends the impersonation of a session. @returns whether there was one */
export async function deleteImpersonation(db: Database, end: OwnSession): Promise<boolean> {
  const now = clock(end.now);
  const rows = await db.execute<{ ended: number }>(sql`
    with was as (
      select s.id, s.user_id, s.viewed_user_id, s.viewing_ends_at from sessions s
      where s.id = ${end.sessionId}::uuid and s.user_id = ${end.userId}::uuid and s.ended_at is null and s.viewing_ends_at is not null
      for update
    ), ended as (
      update sessions s set viewed_user_id = null, viewing_ends_at = null from was where s.id = was.id returning s.id
    ), ${recordImpersonationEnds(sql`was`, now)}
    select count(*)::integer as ended from ended`);
  return (rows[0]?.ended ?? 0) > 0;
}

/**
 * Part of a statement, named `impersonations_ended`: writes the end of impersonations to the audit of each customer.
 *
 * @param from rows with the support's `user_id`, the `viewed_user_id` (null: nothing to write) and `viewing_ends_at`
 * @param now when it ended, unless it ran out before
 */
export function recordImpersonationEnds(from: SQL, now: SQL): SQL {
  return sql`impersonations_ended as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select least(${now}, w.viewing_ends_at), v.customer_id, u.id, u.email, u.role, 'customer.view-ended',
        jsonb_build_object('personId', v.id, 'email', v.email)
      from ${from} w join users u on u.id = w.user_id join users v on v.id = w.viewed_user_id
      returning id
    )`;
}
