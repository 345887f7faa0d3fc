import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { APPROVER_TIES } from '@/lib/licensing/claims/approver-ties';
import { RELEASE_REASONS } from '@/lib/licensing/claims/lost-device-claim';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { instantFromJson, toRowJson } from '../row';

/**
 * What a message about a claim tells: to those who can answer, what became of it to those who wait. `closed`: by itself. `tied`: to support,
 * that it was approved by somebody who may not be anybody else.
 */
export const CLAIM_TELLS = ['asked', 'approved', 'refused', 'withdrawn', 'closed', 'tied'] as const;

/** A mail that takes longer than this was cut off, or could not be sent, and is tried by whoever comes next. */
const CLAIM_MINUTES = 15;
/** After that nobody waits for it any more. */
const TRIED_DAYS = 3;
/** So many mails are sent in one go. */
const BATCH = 20;
const MOST_DECIDERS = 20;

const instantOf = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;
const long = (at: Date): SQL => sql`${instantOf(at)} - make_interval(days => ${TRIED_DAYS}::integer)`;

/**
 * Who can answer a claim `cl`: the other administrators of the customer, and support where there are none, or where not every administrator may.
 */
const deciders = sql`select u.id from users u where u.active and u.id <> cl.claimant_id
  and ((u.role = 'customer_admin' and u.customer_id = cl.customer_id) or (u.role = 'support' and (not exists (
    select from users o where o.role = 'customer_admin' and o.customer_id = cl.customer_id and o.active and o.id <> cl.claimant_id)
    or exists (select from activations ca join entitlements ce on ce.id = ca.entitlement_id where ca.id = cl.activation_id and ce.release_independent))))
  order by u.email limit ${MOST_DECIDERS}`;

/** Who is to be told what of the claims `cl` for which the condition holds, as they stand. Whoever was never reached is not told of the end. */
const expected = (condition: SQL): SQL => sql`
  select cl.id as claim_id, told.user_id, told.tells, coalesce(cl.decided_at, cl.opened_at) as since
  from claims cl cross join lateral (
    select d.id as user_id, 'asked' as tells from (${deciders}) d where cl.state = 'open'
    union all select cl.claimant_id, cl.state where cl.state in ('approved', 'refused')
    union all select s.user_id, 'tied' from (select s.id as user_id from users s where s.role = 'support' and s.active order by s.email
      limit ${MOST_DECIDERS}) s where cl.state = 'approved' and cl.ties <> '{}'
    union all select cl.claimant_id, 'closed' where cl.state = 'withdrawn' and cl.decided_by is null
    union all select m.user_id, case when cl.decided_by is null then 'closed' else 'withdrawn' end from claim_mails m
      where m.claim_id = cl.id and m.tells = 'asked' and m.outcome = 'accepted' and cl.state = 'withdrawn'
  ) told join users u on u.id = told.user_id and u.active
  where ${condition}`;

const claimedFromJson = z.object({
  claimId: z.string(),
  userId: z.string(),
  tells: z.enum(CLAIM_TELLS),
  to: z.object({ name: z.string(), address: z.string() }),
  deviceName: z.string(),
  productName: z.string(),
  customerName: z.string(),
  claimant: z.string(),
  decider: z.string().nullable(),
  reason: z.enum(RELEASE_REASONS),
  note: z.string(),
  answer: z.string(),
  ties: z.array(z.enum(APPROVER_TIES)).readonly(),
  heldUntil: instantFromJson.nullable(),
});

/** A message about a claim that this call, and no other, is to send. */
export type ClaimedClaimMail = z.output<typeof claimedFromJson>;

/** Claims messages that are due, of one claim or of all, in one statement: twenty at most. */
export async function claimClaimMails(
  db: Database,
  { at, claimId }: { at: Date; claimId: string | null },
): Promise<ClaimedClaimMail[]> {
  const which =
    claimId === null
      ? sql`cl.id in (select id from claims where state = 'open' and opened_at > ${long(at)}
          union all select id from claims where state <> 'open' and decided_at > ${long(at)}
          union all select claim_id from claim_mails where settled_at is null and wanted_at > ${long(at)})`
      : sql`cl.id = ${claimId}::uuid`;
  const free = sql`m.settled_at is null and m.claimed_at <= ${instantOf(at)} - make_interval(mins => ${CLAIM_MINUTES}::integer)`;
  const rows = await db.execute<{ found: unknown }>(sql`
    with due as (
      select e.* from (${expected(which)}) e left join claim_mails m using (claim_id, user_id, tells)
      where (m.claim_id is null and e.since > ${long(at)}) or (${free} and m.wanted_at > ${long(at)})
      order by e.claim_id, e.user_id limit ${BATCH}
    ), claimed as (
      insert into claim_mails as m (claim_id, user_id, tells, wanted_at, claimed_at)
      select claim_id, user_id, tells, ${instantOf(at)}, ${instantOf(at)} from due
      on conflict (claim_id, user_id, tells) do update set claimed_at = excluded.claimed_at where ${free} returning claim_id, user_id, tells
    )
    select jsonb_build_object('claimId', cl.id, 'userId', u.id, 'tells', c.tells, 'to', jsonb_build_object('name', u.name, 'address', u.email),
      'deviceName', d.name, 'productName', p.name, 'customerName', cc.name, 'claimant', cu.email, 'decider', du.email, 'reason', cl.reason,
      'note', cl.note, 'answer', cl.answer, 'ties', cl.ties, 'heldUntil', case when a.state = 'releasing' then a.runs_out_at end) as found
    from claimed c join claims cl on cl.id = c.claim_id join users u on u.id = c.user_id join activations a on a.id = cl.activation_id
      join devices d on d.id = a.device_id join entitlements e on e.id = a.entitlement_id join offerings o on o.id = e.offering_id
      join products p on p.id = o.product_id join customers cc on cc.id = cl.customer_id join users cu on cu.id = cl.claimant_id
      left join users du on du.id = cl.decided_by`);
  return rows.map((row) => claimedFromJson.parse(row.found));
}

/** Names a message about a claim. */
export type ClaimMailKey = Pick<ClaimedClaimMail, 'claimId' | 'userId' | 'tells'>;

/** Writes an audit entry about the seat of claims `cl`, with the person `u` it was done to. */
const auditAbout = (audit: AuditEntry): SQL => sql`write_audit(${JSON.stringify(toRowJson(audit))}::jsonb || jsonb_build_object(
  'customer_id', cl.customer_id, 'entitlement_id', a.entitlement_id, 'device_id', a.device_id, 'activation_id', a.id))`;

/** Writes down what became of a message. One that `failed` is tried again later, and leaves no audit row. */
export async function settleClaimMail(
  db: Database,
  mail: ClaimMailKey & { outcome: 'accepted' | 'refused' | 'failed'; answer: string; audit: AuditEntry },
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

/** Makes the messages of a claim, as it stands, due once more, with one audit row. `nothing`: nobody is to be told of it. */
export async function wantClaimMails(
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

const shownFromJson = z.object({
  userId: z.string(),
  name: z.string(),
  tells: z.enum(CLAIM_TELLS),
  outcome: z.enum(['accepted', 'refused', 'failed']).nullable(),
  answer: z.string(),
  at: instantFromJson.nullable(),
});

/** What became of a message about a claim; the outcome is null while it is under way. */
export type ClaimMailRow = z.output<typeof shownFromJson>;

/** The messages about a claim, newest first; those to support about who approved it for the vendor's people alone. Whoever asks was found to see the claim. */
export async function listClaimMails(
  db: Database,
  { claimId, isVendors }: { claimId: string; isVendors: boolean },
): Promise<ClaimMailRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('userId', u.id, 'name', u.name, 'tells', m.tells, 'outcome', m.outcome, 'answer', m.answer, 'at', m.settled_at) as found
    from claim_mails m join users u on u.id = m.user_id where m.claim_id = ${claimId}::uuid
      and (${isVendors}::boolean or m.tells <> 'tied') order by m.wanted_at desc, u.name, u.id, m.tells`);
  return rows.map((row) => shownFromJson.parse(row.found));
}
