import { and, eq, gt, sql } from 'drizzle-orm';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Database } from '../client';
import { clock } from '../clock';
import { sessionCodes, sessions, users } from '../schema/people';

interface OwnSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly now: Date | undefined;
}

/** Stores a one-time code for a session, which replaces the one before; null when the session ended or is another person's. */
export async function storeSessionCode(
  db: Database,
  code: OwnSession & { digest: string; attempts: number; goodForMinutes: number },
) {
  const now = clock(code.now);
  const own = db.$with('own', { name: users.name, email: users.email }).as(sql`
    select s.id, u.name, u.email from sessions s join users u on u.id = s.user_id
    where s.id = ${code.sessionId}::uuid and s.user_id = ${code.userId}::uuid and s.ended_at is null and u.active`);
  const stored = db.$with('stored', { expiresAt: sessionCodes.expiresAt }).as(sql`
    insert into session_codes (session_id, code_digest, attempts_left, created_at, expires_at)
    select id, ${code.digest}, ${code.attempts}::integer, ${now}, ${now} + make_interval(mins => ${code.goodForMinutes}::integer) from own
    on conflict (session_id) do update set code_digest = excluded.code_digest, attempts_left = excluded.attempts_left,
      created_at = excluded.created_at, expires_at = excluded.expires_at
    returning expires_at`);
  const { name, email } = own;
  const [row] = await db.with(own, stored).select({ expiresAt: stored.expiresAt, name, email }).from(stored).crossJoin(own);
  return row ?? null;
}

/** Returns whether a code was mailed for a session and can still be typed. */
export async function isSessionCodeWaiting(db: Database, look: OwnSession): Promise<boolean> {
  const { sessionId, attemptsLeft, expiresAt } = sessionCodes;
  const found = await db
    .select({ sessionId })
    .from(sessionCodes)
    .innerJoin(sessions, eq(sessions.id, sessionId))
    .where(
      and(
        ...[eq(sessions.id, look.sessionId), eq(sessions.userId, look.userId)],
        ...[gt(attemptsLeft, 0), gt(expiresAt, clock(look.now))],
      ),
    );
  return found.length > 0;
}

/**
 * Tries the code of a session: a right code is consumed, and records the fresh proof of the session; a wrong one costs an attempt. One statement, so
 * that no attempt is free.
 *
 * @returns null when there is no code that may be tried
 */
export async function trySessionCode(db: Database, attempt: OwnSession & { digest: string }) {
  const now = clock(attempt.now);
  const [row] = await db.execute<{ attemptsLeft: number; proved: boolean }>(sql`
    with tried as (
      update session_codes c set attempts_left = case when c.code_digest = ${attempt.digest} then 0 else c.attempts_left - 1 end
      from sessions s
      where s.id = c.session_id and s.id = ${attempt.sessionId}::uuid and s.user_id = ${attempt.userId}::uuid and s.ended_at is null
        and c.attempts_left > 0 and c.expires_at > ${now}
      returning c.session_id, c.attempts_left, c.code_digest = ${attempt.digest} as is_right
    ), proved as (
      update sessions s set proved_at = ${now} from tried where tried.is_right and s.id = tried.session_id and s.ended_at is null
      returning s.id, s.user_id
    ), written as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select ${now}, u.customer_id, u.id, u.email, u.role, ${'session.proved' satisfies AuditAction}::text, jsonb_build_object('sessionId', p.id)
      from proved p join users u on u.id = p.user_id
    )
    select attempts_left as "attemptsLeft", exists (select from proved) as proved from tried`);
  return row ?? null;
}
