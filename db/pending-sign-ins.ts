import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client';
import type { FactorProof } from './second-factor-proof';
import { isUnspent, spend } from './second-factor-proof';
import { clock } from './sign-in-clock';

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
      where p.token_digest = ${pass.tokenDigest} and p.expires_at > ${now} and u.disabled_at is null
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
