import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Database } from '../client';
import { clock } from '../clock';
import { instantFromJson } from '../entitlements/entitlement-json';

interface OwnSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly now: Date | undefined;
}

const storedFromJson = z.object({ expiresAt: instantFromJson, name: z.string(), email: z.string() });

/** A stored code, and whom it is mailed to. */
export type StoredSessionCode = z.output<typeof storedFromJson>;

/** Stores a one-time code for a session in the place of the one before; null when the session ended or is another person's. */
export async function storeSessionCode(
  db: Database,
  code: OwnSession & { digest: string; attempts: number; goodForMinutes: number },
): Promise<StoredSessionCode | null> {
  const now = clock(code.now);
  const rows = await db.execute<{ stored: unknown }>(sql`
    with own as (
      select s.id, u.name, u.email from sessions s join users u on u.id = s.user_id
      where s.id = ${code.sessionId}::uuid and s.user_id = ${code.userId}::uuid and s.ended_at is null and u.active
    ), stored as (
      insert into session_codes (session_id, code_digest, attempts_left, created_at, expires_at)
      select id, ${code.digest}, ${code.attempts}::integer, ${now}, ${now} + make_interval(mins => ${code.goodForMinutes}::integer) from own
      on conflict (session_id) do update set code_digest = excluded.code_digest, attempts_left = excluded.attempts_left,
        created_at = excluded.created_at, expires_at = excluded.expires_at
      returning expires_at
    )
    select jsonb_build_object('expiresAt', stored.expires_at, 'name', own.name, 'email', own.email) as stored from stored, own`);
  return storedFromJson.nullable().parse(rows[0]?.stored ?? null);
}

/** Whether a code was mailed for a session and can still be typed. */
export async function isSessionCodeWaiting(db: Database, look: OwnSession): Promise<boolean> {
  const rows = await db.execute(sql`
    select from session_codes c join sessions s on s.id = c.session_id
    where s.id = ${look.sessionId}::uuid and s.user_id = ${look.userId}::uuid and c.attempts_left > 0 and c.expires_at > ${clock(look.now)}`);
  return rows.length > 0;
}

const triedFromJson = z.object({ attemptsLeft: z.int(), proved: z.boolean() });

/** What became of a try with the code of a session. */
export type TriedSessionCode = z.output<typeof triedFromJson>;

/**
 * Tries the code of a session: uses it up when it is right, and notes that its person has shown that it is still them; takes one try when it
 * is wrong. One statement, so that no try is free.
 *
 * @returns null when there is no code that may be tried
 */
export async function trySessionCode(db: Database, attempt: OwnSession & { digest: string }): Promise<TriedSessionCode | null> {
  const now = clock(attempt.now);
  const rows = await db.execute<{ tried: unknown }>(sql`
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
    select jsonb_build_object('attemptsLeft', attempts_left, 'proved', exists (select from proved)) as tried from tried`);
  return triedFromJson.nullable().parse(rows[0]?.tried ?? null);
}
