import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { clock } from '../clock';
import { instantFromJson } from '../entitlements/entitlement-json';
import { unlessTaken } from '../postgres-error';
import type { FactorProof } from './second-factor-proof';
import { isUnspent, spend } from './second-factor-proof';
import { openedAudit, waits } from './sign-in-codes';

const passedFromJson = z.object({ sessionId: z.uuid(), recoveryCodesLeft: z.int() });

/** A session that was opened with a second factor. */
export type PassedSignIn = z.output<typeof passedFromJson>;

/**
 * Ends a sign-in that waits for its second factor: uses the proof up and opens the session. One statement, so that of two at once with the
 * same proof or the same token only one can win. Whoever passes both reads the mail and has the app, so the link that undoes the second factor
 * is needed no more.
 *
 * @param pass.tokenDigest keyed digest of what the browser keeps
 * @param pass.sessionDays the session ends after so many days at the latest
 * @returns null when the proof was used before, or the sign-in waits no more
 */
export async function passPendingSignIn(
  db: Database,
  pass: { tokenDigest: string; proof: FactorProof; userAgent: string; sessionDays: number; now: Date | undefined },
): Promise<PassedSignIn | null> {
  const now = clock(pass.now);
  const rows = await db.execute<{ passed: unknown }>(sql`
    with reader as (
      select u.* from pending_sign_ins p join users u on u.id = p.user_id
      where p.token_digest = ${pass.tokenDigest} and p.expires_at > ${now} and u.active
    ), proved as (
      update second_factors f set ${spend(pass.proof)}, undo_digest = null, undo_ends_at = null from reader
      where f.user_id = reader.id and ${isUnspent(pass.proof)}
      returning f.user_id, cardinality(f.recovery_digests) as codes_left
    ), ended as (
      delete from pending_sign_ins p using proved
      where p.user_id = proved.user_id and p.token_digest = ${pass.tokenDigest}
      returning p.user_id
    ), opened as (
      insert into sessions (user_id, user_agent, created_at, last_seen_at, expires_at)
      select user_id, ${pass.userAgent}, ${now}, ${now}, ${now} + make_interval(days => ${pass.sessionDays}::integer) from ended
      returning id
    ), written as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select ${now}, r.customer_id, r.id, r.email, r.role, 'session.opened',
        jsonb_build_object('sessionId', o.id, 'secondFactor', ${pass.proof.kind}::text)
      from reader r, opened o
    )
    select jsonb_build_object('sessionId', o.id, 'recoveryCodesLeft', p.codes_left) as passed from opened o, proved p`);
  return passedFromJson.nullable().parse(rows[0]?.passed ?? null);
}

const invitationFromJson = z.object({
  id: z.string(),
  customerName: z.string(),
  /** Address of who invited; null for the operator. */
  invitedBy: z.string().nullable(),
  invitedAt: instantFromJson,
});

/** An invitation that waits for an address. */
export type WaitingInvitation = z.output<typeof invitationFromJson>;

/** Most invitations that are offered at once. */
const MOST_OFFERED = 20;

/** Part of a statement, named `waiting`: the address of a sign-in that waits with this token. */
const waitingBy = (tokenDigest: string, now: SQL): SQL => sql`waiting as (
      select p.user_id, u.email from pending_sign_ins p join users u on u.id = p.user_id
      where p.token_digest = ${tokenDigest} and p.expires_at > ${now} and not exists (select from users o where o.email = u.email and o.active)
    )`;

/** Lists the invitations among which a sign-in that waits has to choose, newest first; none when it waits for something else, or no more. */
export async function listWaitingInvitations(
  db: Database,
  look: { tokenDigest: string; now: Date | undefined },
): Promise<{ readonly email: string; readonly invitations: readonly WaitingInvitation[] } | null> {
  const now = clock(look.now);
  const rows = await db.execute<{ email: string; found: unknown }>(sql`
    with ${waitingBy(look.tokenDigest, now)}
    select w.email, jsonb_build_object('id', u.id, 'customerName', c.name, 'invitedBy', b.email, 'invitedAt', u.invited_at) as found
    from waiting w join users u on u.email = w.email join customers c on c.id = u.customer_id left join users b on b.id = u.invited_by
    where ${waits(now)} order by u.invited_at desc, u.id limit ${MOST_OFFERED}`);
  const [first] = rows;
  return first === undefined
    ? null
    : { email: first.email, invitations: rows.map(({ found }) => invitationFromJson.parse(found)) };
}

/**
 * Ends a sign-in that waits for a choice: accepts one of the invitations of its address and opens the session, in one statement.
 *
 * @returns null when the sign-in waits no more, the invitation is none of them any more, or the address came to have an active account
 */
export async function acceptWaitingInvitation(
  db: Database,
  accept: { tokenDigest: string; invitationId: string; userAgent: string; sessionDays: number; now: Date | undefined },
): Promise<string | null> {
  const now = clock(accept.now);
  return unlessTaken(async () => {
    const rows = await db.execute<{ id: string }>(sql`
    with ${waitingBy(accept.tokenDigest, now)}, ended as (
      delete from pending_sign_ins p using waiting
      where p.user_id = waiting.user_id and p.token_digest = ${accept.tokenDigest}
      returning waiting.email
    ), joined as (
      update users u set joined_at = ${now} from ended w
      where u.id = ${accept.invitationId}::uuid and u.email = w.email and ${waits(now)}
      returning u.id, u.email, u.role, u.customer_id
    ), opened as (
      insert into sessions (user_id, user_agent, created_at, last_seen_at, expires_at)
      select id, ${accept.userAgent}, ${now}, ${now}, ${now} + make_interval(days => ${accept.sessionDays}::integer) from joined
      returning id
    ), ${openedAudit({ now, joined: sql`joined`, reader: sql`joined` })}
    select id from opened`);
    return rows[0]?.id ?? null;
  }, null);
}
