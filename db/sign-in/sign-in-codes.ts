import type { SQL } from 'drizzle-orm';
import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { Database } from '../client';
import { clock } from '../clock';
import { unlessTaken } from '../postgres-error';
import { signInCodes } from '../schema/people';

/** Condition on the alias `u` of users: an invitation that can still be accepted. */
export const isOpenInvitation = (now: SQL): SQL =>
  sql`(u.joined_at is null and u.disabled_at is null and not invitation_ran_out(u.invited_at, ${now}))`;

/** Selects the active account of an address, or where there is none the invitations that wait for it. */
function candidatesFor(email: string, now: SQL): SQL {
  return sql`
    select u.id, u.name, u.active, u.invited_at, c.name as customer_name from users u left join customers c on c.id = u.customer_id
    where u.email = ${email} and (u.active or (${isOpenInvitation(now)} and not exists (select from users o where o.email = ${email} and o.active)))`;
}

/**
 * Stores a one-time code for an address, and drops codes that ended a day ago. The same statement for every address.
 *
 * @param code.email lower case
 * @returns its recipient is null when nobody who may sign in has the address: then there is nothing to send. `invitedBy`: customers whose
 *   invitation waits for the address, where nobody has an active account with it; one is accepted with the code
 */
export async function storeSignInCode(
  db: Database,
  code: { id: string; email: string; digest: string; attempts: number; goodForMinutes: number; now: Date | undefined },
) {
  const now = clock(code.now);
  const swept = db.$with('swept', {}).as(sql`
    delete from sign_in_codes where id in (
      select id from sign_in_codes where expires_at < ${now} - interval '1 day' limit 100 for update skip locked)`);
  const candidates = db.$with('candidates', {}).as(candidatesFor(code.email, now));
  const stored = db.$with('stored', { expiresAt: signInCodes.expiresAt }).as(sql`
    insert into sign_in_codes (id, email, user_id, code_digest, attempts_left, created_at, expires_at)
    values (${code.id}, ${code.email}, (select min(id::text)::uuid from candidates having count(*) = 1), ${code.digest}, ${code.attempts}::integer,
      ${now}, ${now} + make_interval(mins => ${code.goodForMinutes}::integer))
    returning expires_at`);
  const [row] = await db
    .with(swept, candidates, stored)
    .select({
      expiresAt: stored.expiresAt,
      recipientName: sql<string | null>`(select name from candidates order by invited_at desc limit 1)`,
      invitedBy: sql<
        string[]
      >`(select coalesce(jsonb_agg(customer_name order by customer_name), '[]') from candidates where not active)`,
    })
    .from(stored);
  if (row === undefined) throw new Error('expected a code that was stored, found none');
  return row;
}

const codes = alias(signInCodes, 'c');

/** Reads the address a code was asked for, while the code may still be typed in; null otherwise. */
export async function findPendingCode(db: Database, code: { id: string; now: Date | undefined }) {
  const { id, email, attemptsLeft } = codes;
  const [row] = await db
    .select({ email, attemptsLeft })
    .from(codes)
    .where(and(eq(id, code.id), mayBeTried(clock(code.now))));
  return row ?? null;
}

/** Condition on the alias `c`: unused, not expired, attempts left, and no newer code for the same address. */
function mayBeTried(now: SQL): SQL {
  return sql`c.used_at is null and c.attempts_left > 0 and c.expires_at > ${now}
    and not exists (select from sign_in_codes n where n.email = c.email and (n.created_at, n.id) > (c.created_at, c.id))`;
}

/**
 * Result of an attempt: the attempts left, and if the code was right the session, or what the sign-in now waits for: the second factor, or the
 * choice among several invitations.
 */
export interface TriedCode {
  readonly attemptsLeft: number;
  readonly sessionId: string | null;
  readonly waitsFor: 'second-factor' | 'choice' | null;
}

/** An attempt with a code. */
export interface CodeAttempt {
  readonly id: string;
  /** Keyed digest of what was typed. */
  readonly digest: string;
  readonly userAgent: string;
  /** The session ends after so many days at the latest. */
  readonly sessionDays: number;
  /** Under which the sign-in isOpenInvitation, if it does, and how long. */
  readonly pending: { readonly tokenDigest: string; readonly goodForMinutes: number };
  readonly now: Date | undefined;
}

/**
 * Tries a code: a right code is consumed, and opens a session or a pending sign-in; a wrong one costs an attempt. One statement, so that of two
 * concurrent attempts only one succeeds and no attempt is free. Where the code was asked for when one invitation waited for the address, and
 * nobody had an active account with it, that invitation is accepted: the mail with the code named it. A concurrent removal of the person
 * is waited for, and prevents the session.
 *
 * @returns null when the code may not be tried any more; `taken`, and nothing was written, when another account of the address became active
 *   at this very moment
 */
export async function trySignInCode(db: Database, attempt: CodeAttempt): Promise<TriedCode | 'taken' | null> {
  const now = clock(attempt.now);
  const { tokenDigest, goodForMinutes } = attempt.pending;
  const hasFactor = sql`exists (select from second_factors f where f.user_id = r.id and f.confirmed_at is not null)`;
  const someActive = sql`exists (select from users o where o.email = u.email and o.active)`;
  return unlessTaken(async () => {
    const [row] = await db.execute<{ tried: TriedCode }>(sql`
    with tried as (
      update sign_in_codes c
      set attempts_left = c.attempts_left - case when c.code_digest = ${attempt.digest} then 0 else 1 end,
          used_at = case when c.code_digest = ${attempt.digest} then ${now} end
      where c.id = ${attempt.id} and ${mayBeTried(now)}
      returning c.user_id, c.email, c.attempts_left, c.used_at
    ), joined as (
      update users u set joined_at = ${now} from tried t
      where t.used_at is not null and u.id = t.user_id and ${isOpenInvitation(now)} and not ${someActive}
      returning u.id, u.email, u.role, u.customer_id
    ), present as (
      select u.id, u.email, u.role, u.customer_id from tried t join users u on u.id = t.user_id
      where t.used_at is not null and u.active for share of u
    ), reader as (
      select * from present union all select * from joined
    ), several as (
      select u.id from tried t join users u on u.email = t.email
      where t.used_at is not null and t.user_id is null and ${isOpenInvitation(now)} and not ${someActive} order by u.invited_at desc limit 1
    ), waiting as (
      insert into pending_sign_ins (user_id, token_digest, created_at, expires_at)
      select r.id, ${tokenDigest}, ${now}, ${now} + make_interval(mins => ${goodForMinutes}::integer)
      from (select id from reader r where ${hasFactor} union all select id from several) r
      on conflict (user_id) do update
      set token_digest = excluded.token_digest, created_at = excluded.created_at, expires_at = excluded.expires_at
      returning user_id
    ), opened as (
      insert into sessions (user_id, user_agent, created_at, last_seen_at, expires_at)
      select r.id, ${attempt.userAgent}, ${now}, ${now}, ${now} + make_interval(days => ${attempt.sessionDays}::integer)
      from reader r where not ${hasFactor}
      returning id
    ), ${auditSessionOpened({ now, joined: sql`joined`, reader: sql`reader` })}
    select jsonb_build_object('attemptsLeft', t.attempts_left, 'sessionId', (select id from opened),
      'waitsFor', case when exists (select from several) then 'choice' when exists (select from waiting) then 'second-factor' end) as tried
    from tried t`);
    return row?.tried ?? null;
  }, 'taken');
}

/**
 * Part of a statement, named `written`: writes the audit rows that the people in `joined` accepted their invitation, and then, for each session in
 * `opened`, that the person in `reader` signed in.
 */
export function auditSessionOpened({ now, joined, reader }: { now: SQL; joined: SQL; reader: SQL }): SQL {
  return sql`written as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select ${now}, customer_id, id, email, role, action, detail from (
        select j.*, 1 as place, ${'person.joined' satisfies AuditAction}::text as action,
          jsonb_build_object('personId', j.id, 'email', j.email) as detail from ${joined} j
        union all
        select r.*, 2, ${'session.opened' satisfies AuditAction}::text, jsonb_build_object('sessionId', o.id) from ${reader} r, opened o
      ) told order by place
    )`;
}
