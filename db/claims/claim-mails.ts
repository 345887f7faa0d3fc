import type { SQL } from 'drizzle-orm';
import { and, desc, eq, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import { activations } from '../schema/activations';
import { offerings, products } from '../schema/catalogue';
import { claimMails, claims } from '../schema/claims';
import { devices } from '../schema/devices';
import { entitlements } from '../schema/entitlements';
import type { MailOutcome } from '../schema/people';
import { customers, users } from '../schema/people';

const claimants = alias(users, 'cu');
const deciders = alias(users, 'du');

/** A reservation older than this has expired: sending was cut off or failed, and the next task tries again. */
const CLAIM_MINUTES = 15;
/** Mails are tried for so many days. */
const TRIED_DAYS = 3;
/** Most mails in one run. */
const BATCH = 20;
const MOST_DECIDERS = 20;

const instantOf = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;
const long = (at: Date): SQL => sql`${instantOf(at)} - make_interval(days => ${TRIED_DAYS}::integer)`;

/**
 * Selects those who can answer a claim `cl`: the other administrators of the customer, and support if there are none or if the approver must be
 * independent.
 */
const askable = sql`select u.id from users u where u.active and u.id <> cl.claimant_id
  and ((u.role = 'customer_admin' and u.customer_id = cl.customer_id) or (u.role = 'support' and (not exists (
    select from users o where o.role = 'customer_admin' and o.customer_id = cl.customer_id and o.active and o.id <> cl.claimant_id)
    or exists (select from activations ca join entitlements ce on ce.id = ca.entitlement_id where ca.id = cl.activation_id and ce.release_independent))))
  order by u.email limit ${MOST_DECIDERS}`;

/**
 * Selects the recipients of messages about the claims `cl` for which the condition holds, by their present state. The end of a claim is sent only to
 * those who received the message that it was opened.
 */
const expected = (condition: SQL): SQL => sql`
  select cl.id as claim_id, told.user_id, told.tells, coalesce(cl.decided_at, cl.opened_at) as since
  from claims cl cross join lateral (
    select d.id as user_id, 'asked' as tells from (${askable}) d where cl.state = 'open'
    union all select cl.claimant_id, cl.state where cl.state in ('approved', 'refused')
    union all select s.user_id, 'tied' from (select s.id as user_id from users s where s.role = 'support' and s.active order by s.email
      limit ${MOST_DECIDERS}) s where cl.state = 'approved' and cl.ties <> '{}'
    union all select cl.claimant_id, 'closed' where cl.state = 'withdrawn' and cl.decided_by is null
    union all select m.user_id, case when cl.decided_by is null then 'closed' else 'withdrawn' end from claim_mails m
      where m.claim_id = cl.id and m.tells = 'asked' and m.outcome = 'accepted' and cl.state = 'withdrawn'
  ) told join users u on u.id = told.user_id and u.active
  where ${condition}`;

/** A message about a claim that is reserved for this call to send. */
export type ReservedClaimMail = Awaited<ReturnType<typeof reserveClaimMails>>[number];

/** Reserves messages that are due, of one claim or of all, in one statement: at most {@link BATCH}. */
export async function reserveClaimMails(db: Database, { at, claimId }: { at: Date; claimId: string | null }) {
  const which =
    claimId === null
      ? sql`cl.id in (select id from claims where state = 'open' and opened_at > ${long(at)}
          union all select id from claims where state <> 'open' and decided_at > ${long(at)}
          union all select claim_id from claim_mails where settled_at is null and wanted_at > ${long(at)})`
      : sql`cl.id = ${claimId}::uuid`;
  const free = sql`m.settled_at is null and m.claimed_at <= ${instantOf(at)} - make_interval(mins => ${CLAIM_MINUTES}::integer)`;
  const { tells } = claimMails;
  const due = db.$with('due', {}).as(sql`
    select e.* from (${expected(which)}) e left join claim_mails m using (claim_id, user_id, tells)
    where (m.claim_id is null and e.since > ${long(at)}) or (${free} and m.wanted_at > ${long(at)})
    order by e.claim_id, e.user_id limit ${BATCH}`);
  const claimed = db.$with('claimed', { claimId: claimMails.claimId, userId: claimMails.userId, tells }).as(sql`
    insert into claim_mails as m (claim_id, user_id, tells, wanted_at, claimed_at)
    select claim_id, user_id, tells, ${instantOf(at)}, ${instantOf(at)} from due
    on conflict (claim_id, user_id, tells) do update set claimed_at = excluded.claimed_at where ${free} returning claim_id, user_id, tells`);
  const { reason, note, answer, ties } = claims;
  const mails = await db
    .with(due, claimed)
    .select({
      claimId: claimed.claimId,
      userId: claimed.userId,
      tells: claimed.tells,
      to: { name: users.name, address: users.email },
      deviceName: devices.name,
      productName: products.name,
      customerName: customers.name,
      claimant: claimants.email,
      decider: deciders.email,
      ...{ reason, note, answer, ties },
      ...{ state: activations.state, runsOutAt: activations.runsOutAt },
    })
    .from(claimed)
    .innerJoin(claims, eq(claims.id, claimed.claimId))
    .innerJoin(users, eq(users.id, claimed.userId))
    .innerJoin(activations, eq(activations.id, claims.activationId))
    .innerJoin(devices, eq(devices.id, activations.deviceId))
    .innerJoin(entitlements, eq(entitlements.id, activations.entitlementId))
    .innerJoin(offerings, eq(offerings.id, entitlements.offeringId))
    .innerJoin(products, eq(products.id, offerings.productId))
    .innerJoin(customers, eq(customers.id, claims.customerId))
    .innerJoin(claimants, eq(claimants.id, claims.claimantId))
    .leftJoin(deciders, eq(deciders.id, claims.decidedBy));
  return mails.map(({ state, runsOutAt, ...mail }) => ({ ...mail, heldUntil: state === 'releasing' ? runsOutAt : null }));
}

/** Names a message about a claim. */
export type ClaimMailKey = Pick<ReservedClaimMail, 'claimId' | 'userId' | 'tells'>;

/** Calls the SQL function that writes an audit row about the activation `a` of a claim `cl`. */
const auditAbout = (audit: AuditEntry): SQL => sql`write_audit(${JSON.stringify(toRowJson(audit))}::jsonb || jsonb_build_object(
  'customer_id', cl.customer_id, 'entitlement_id', a.entitlement_id, 'device_id', a.device_id, 'activation_id', a.id))`;

/** Records the outcome of a message. One that `failed` is tried again later, and leaves no audit row. */
export async function settleClaimMail(
  db: Database,
  mail: ClaimMailKey & { outcome: MailOutcome; answer: string; audit: AuditEntry },
): Promise<void> {
  const settledAt = mail.outcome === 'failed' ? sql`null` : instantOf(mail.audit.at);
  await db.execute(sql`
    with settled as (
      update claim_mails m set settled_at = ${settledAt}, outcome = ${mail.outcome}, answer = ${mail.answer}
      where m.claim_id = ${mail.claimId}::uuid and m.user_id = ${mail.userId}::uuid and m.tells = ${mail.tells} and m.settled_at is null
      returning m.claim_id
    )
    select ${auditAbout(mail.audit)} from settled join claims cl on cl.id = settled.claim_id join activations a on a.id = cl.activation_id
    where ${mail.outcome} <> 'failed'`);
}

/** Makes the messages of a claim due once more, with one audit row. `nothing`: the claim has no message to send in its present state. */
export async function requestClaimMails(
  db: Database,
  { claimId, audit }: { claimId: string; audit: AuditEntry },
): Promise<'written' | 'nothing'> {
  const rows = await db.execute(sql`
    with wanted as (
      insert into claim_mails (claim_id, user_id, tells, wanted_at, claimed_at)
      select claim_id, user_id, tells, ${instantOf(audit.at)}, '-infinity' from (${expected(sql`cl.id = ${claimId}::uuid`)}) e
      on conflict (claim_id, user_id, tells) do update set wanted_at = excluded.wanted_at, claimed_at = excluded.claimed_at, settled_at = null,
        outcome = null, answer = ''
      returning claim_id
    )
    select ${auditAbout(audit)} from (select claim_id from wanted limit 1) w join claims cl on cl.id = w.claim_id
      join activations a on a.id = cl.activation_id`);
  return rows.length > 0 ? 'written' : 'nothing';
}

/** Lists the messages about a claim, newest first; those about ties of the approver for the vendor's people alone. The caller has checked that the claim is within the scope. */
export async function listClaimMails(db: Database, { claimId, isVendors }: { claimId: string; isVendors: boolean }) {
  const { userId, tells, outcome, answer, wantedAt } = claimMails;
  const mayBeTold = isVendors ? sql`true` : ne(tells, 'tied');
  return db
    .select({ userId, name: users.name, tells, outcome, answer, at: claimMails.settledAt })
    .from(claimMails)
    .innerJoin(users, eq(users.id, userId))
    .where(and(eq(claimMails.claimId, claimId), mayBeTold))
    .orderBy(desc(wantedAt), users.name, userId, tells);
}
