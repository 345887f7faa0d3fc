import type { SQL } from 'drizzle-orm';
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Database } from '../client';
import { clock } from '../clock';
import { sessions } from '../schema/people';
import { recordImpersonationEnds } from '../support/impersonation';

/** Lists the live sessions of one person, last used first. */
export async function listSessions(db: Database, look: { userId: string; now: Date | undefined; idleHours: number }) {
  const now = clock(look.now);
  const { id, userAgent, createdAt, lastSeenAt, expiresAt, endedAt } = sessions;
  const idleSince = sql`${now} - make_interval(hours => ${look.idleHours}::integer)`;
  return db
    .select({ id, userAgent, createdAt, lastSeenAt, expiresAt })
    .from(sessions)
    .where(and(eq(sessions.userId, look.userId), isNull(endedAt), gt(expiresAt, now), gt(lastSeenAt, idleSince)))
    .orderBy(desc(lastSeenAt), id);
}

/** Ends one session of the person, with its audit row. Returns how many ended: 0 when it is not theirs or had ended. */
export function endSession(db: Database, end: { userId: string; sessionId: string; now: Date | undefined }): Promise<number> {
  return endWhere(db, end, sql`s.id = ${end.sessionId}`);
}

/** Ends all sessions of the person except one, with an audit row each. Returns how many ended. */
export function endOtherSessions(
  db: Database,
  end: { userId: string; keptSessionId: string; now: Date | undefined },
): Promise<number> {
  return endWhere(db, end, sql`s.id <> ${end.keptSessionId}`);
}

async function endWhere(db: Database, end: { userId: string; now: Date | undefined }, which: SQL): Promise<number> {
  const now = clock(end.now);
  const rows = await db.execute<{ count: number }>(sql`
    with ended as (
      update sessions s set ended_at = ${now}
      where s.user_id = ${end.userId} and ${which} and s.ended_at is null
      returning s.id, s.user_id, s.viewed_user_id, s.viewing_ends_at
    ), ${recordImpersonationEnds(sql`ended`, now)}, written as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select ${now}, u.customer_id, u.id, u.email, u.role, ${'session.ended' satisfies AuditAction}::text, jsonb_build_object('sessionId', e.id)
      from ended e join users u on u.id = e.user_id
    )
    select count(*)::integer as count from ended`);
  return rows[0]?.count ?? 0;
}
