import type { SQL } from 'drizzle-orm';
import { desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../client';
import { clock } from '../clock';
import { unlessTaken } from '../postgres-error';
import { customers, users } from '../schema/people';
import { scoped } from '../scope';
import type { FactorProof } from './second-factor';
import { isUnspent, spend } from './second-factor';
import { auditSessionOpened, isOpenInvitation } from './sign-in-codes';

/**
 * Completes a sign-in that waits for its second factor: consumes the proof and opens the session. One statement, so that of two concurrent calls with
 * the same proof or token only one succeeds. A person who passes both factors has the mailbox and the app, so the link that undoes the second factor
 * becomes invalid.
 *
 * @param pass.tokenDigest keyed digest of what the browser keeps
 * @param pass.sessionDays the session ends after so many days at the latest
 * @returns null when the proof was used before, or the sign-in no longer waits
 */
export async function passPendingSignIn(
  db: Database,
  pass: { tokenDigest: string; proof: FactorProof; userAgent: string; sessionDays: number; now: Date | undefined },
) {
  const now = clock(pass.now);
  const [row] = await db.execute<{ sessionId: string; recoveryCodesLeft: number }>(sql`
    with reader as (
      select u.* from pending_sign_ins p join users u on u.id = p.user_id
      where p.token_digest = ${pass.tokenDigest} and p.expires_at > ${now} and u.active
    ), proved as (
      update second_factors set ${spend(pass.proof)}, undo_digest = null, undo_ends_at = null from reader
      where user_id = reader.id and ${isUnspent(pass.proof)}
      returning user_id, cardinality(recovery_digests) as codes_left
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
    select o.id as "sessionId", p.codes_left as "recoveryCodesLeft" from opened o, proved p`);
  return row ?? null;
}

/** An invitation that waits for an address. `invitedBy` is the address of the inviter, null for the operator. */
export type WaitingInvitation = NonNullable<Awaited<ReturnType<typeof listWaitingInvitations>>>['invitations'][number];

const inviters = alias(users, 'b');

/** Most invitations that are offered at once. */
const MOST_OFFERED = 20;

/** Selects user and address of the sign-in that waits with this token. */
const waitingBy = (tokenDigest: string, now: SQL): SQL => sql`
      select p.user_id, u.email from pending_sign_ins p join users u on u.id = p.user_id
      where p.token_digest = ${tokenDigest} and p.expires_at > ${now} and not exists (select from users o where o.email = u.email and o.active)`;

/** Lists the invitations among which a sign-in that waits has to choose, newest first; null when it waits for something else or no longer waits. */
export async function listWaitingInvitations(db: Database, look: { tokenDigest: string; now: Date | undefined }) {
  const now = clock(look.now);
  const { people } = scoped;
  const waiting = db.$with('waiting', { email: users.email }).as(waitingBy(look.tokenDigest, now));
  const invitedAt = sql`${people.invitedAt}`.mapWith(people.invitedAt);
  const rows = await db
    .with(waiting)
    .select({
      email: waiting.email,
      invitation: { id: people.id, customerName: customers.name, invitedBy: inviters.email, invitedAt },
    })
    .from(waiting)
    .innerJoin(people, eq(people.email, waiting.email))
    .innerJoin(customers, eq(customers.id, people.customerId))
    .leftJoin(inviters, eq(inviters.id, people.invitedBy))
    .where(isOpenInvitation(now))
    .orderBy(desc(people.invitedAt), people.id)
    .limit(MOST_OFFERED);
  const [first] = rows;
  return first === undefined ? null : { email: first.email, invitations: rows.map(({ invitation }) => invitation) };
}

/**
 * Completes a sign-in that waits for a choice: accepts one of the invitations of its address and opens the session, in one statement.
 *
 * @returns null when the sign-in no longer waits, the invitation is no longer open, or the address has an active account by now
 */
export async function acceptWaitingInvitation(
  db: Database,
  accept: { tokenDigest: string; invitationId: string; userAgent: string; sessionDays: number; now: Date | undefined },
): Promise<string | null> {
  const now = clock(accept.now);
  return unlessTaken(async () => {
    const rows = await db.execute<{ id: string }>(sql`
    with waiting as (${waitingBy(accept.tokenDigest, now)}
    ), ended as (
      delete from pending_sign_ins p using waiting
      where p.user_id = waiting.user_id and p.token_digest = ${accept.tokenDigest}
      returning waiting.email
    ), joined as (
      update users u set joined_at = ${now} from ended w
      where u.id = ${accept.invitationId}::uuid and u.email = w.email and ${isOpenInvitation(now)}
      returning u.id, u.email, u.role, u.customer_id
    ), opened as (
      insert into sessions (user_id, user_agent, created_at, last_seen_at, expires_at)
      select id, ${accept.userAgent}, ${now}, ${now}, ${now} + make_interval(days => ${accept.sessionDays}::integer) from joined
      returning id
    ), ${auditSessionOpened({ now, joined: sql`joined`, reader: sql`joined` })}
    select id from opened`);
    return rows[0]?.id ?? null;
  }, null);
}
