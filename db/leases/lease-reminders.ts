import type { SQL } from 'drizzle-orm';
import { and, eq, sql } from 'drizzle-orm';
import type { ReminderSetting } from '@/lib/licensing/leases/reminder-days';
import { REMINDER_DAYS, USUAL_REMINDERS } from '@/lib/licensing/leases/reminder-days';
import { auditCall, writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import { activations, leases } from '../schema/activations';
import { offerings, products } from '../schema/catalogue';
import { devices } from '../schema/devices';
import { entitlements } from '../schema/entitlements';
import { customers, users } from '../schema/people';
import { leaseReminders, reminderFiles, reminderSettings } from '../schema/reminders';

/** A reservation older than this has expired, and the next task sends the mail. Far longer than the time limit of the mail server. */
const CLAIM_MINUTES = 15;
/** Most people in one query. */
const BATCH = 100;

const instantOf = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;
const days = (count: SQL): SQL => sql`make_interval(hours => 24 * ${count})`;
const furthest = days(sql.raw(String(Math.max(...REMINDER_DAYS))));

/** People of customers who want reminders, with what they chose. */
const reminded = sql`
  select u.id, u.customer_id, u.role, u.name, u.email, coalesce(s.days, ${`{${USUAL_REMINDERS.days.join(',')}}`}::integer[]) as days,
    coalesce(s.with_files, ${USUAL_REMINDERS.withFiles}) as with_files
  from users u left join reminder_settings s on s.user_id = u.id where u.active and u.customer_id is not null`;

/**
 * Condition on the lease that the device presumably runs on: the first one still running, from the last one that somebody requested onwards. A file
 * that only came with a reminder may never have been carried to the device, so it counts from when the lease before it has ended.
 */
const carried = (at: Date): SQL => sql`l.sequence = (
  select min(x.sequence) from leases x where x.activation_id = l.activation_id and x.ends_at > ${instantOf(at)} and x.sequence >= coalesce((
    select max(y.sequence) from leases y where y.activation_id = l.activation_id
      and not exists (select from reminder_files f where f.exchange_id = y.exchange_id)), 1))`;

/** Condition on recipients: the people the entitlement is assigned to; if there are none, the administrators. Aliases: `p` of people, `a` of activations. */
const concerns = sql`case
  when exists (select from entitlement_assignments ea join users u on u.id = ea.user_id
    where ea.entitlement_id = a.entitlement_id and u.active)
  then exists (select from entitlement_assignments ea where ea.entitlement_id = a.entitlement_id and ea.user_id = p.id)
  else p.role = 'customer_admin' end`;

/**
 * Selects the reminders that are due: for each lease the nearest step that the recipient chose. A lease that was never longer than a step has no
 * reminder for it, or every new lease would cause one at once.
 */
const dueAtAll = (at: Date, who: SQL): SQL => sql`
  select p.id as user_id, p.customer_id, a.id as activation_id, l.sequence, l.ends_at, step.days
  from (${reminded}) p
  join leases l on l.customer_id = p.customer_id and l.ends_at > ${instantOf(at)} and l.ends_at <= ${instantOf(at)} + ${furthest}
  join activations a on a.id = l.activation_id and a.state = 'active'
  join lateral (select min(d) as days from unnest(p.days) d
    where l.ends_at - ${days(sql`d`)} <= ${instantOf(at)} and l.starts_at < l.ends_at - ${days(sql`d`)}) step on step.days is not null
  where ${who} and ${carried(at)} and ${concerns}`;

/** Selects the due reminders that are neither sent nor reserved. */
const dueTo = (at: Date, who: SQL): SQL => sql`
  select w.* from (${dueAtAll(at, who)}) w where not exists (
    select from lease_reminders r
    where r.user_id = w.user_id and r.activation_id = w.activation_id and r.lease_sequence = w.sequence and r.days = w.days
      and (r.settled_at is not null or r.claimed_at > ${instantOf(at)} - make_interval(mins => ${CLAIM_MINUTES}::integer)))`;

/** The next people, by id, whose customer has a lease that ends soon. Whether a reminder is due to them is found out when it is claimed. */
export async function listReminderRecipients(db: Database, { at, after }: { at: Date; after: string | null }): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select p.id from (${reminded}) p where p.id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000') and cardinality(p.days) > 0
      and exists (select from leases l where l.customer_id = p.customer_id and l.ends_at > ${instantOf(at)}
        and l.ends_at <= ${instantOf(at)} + ${furthest})
    order by p.id limit ${BATCH}`);
  return rows.map(({ id }) => id);
}

/** The reminders of one person that this call, and no other, is to send: the lease that ends first at first. */
export type ReservedReminder = NonNullable<Awaited<ReturnType<typeof reserveReminders>>>;

/** Claims all reminders that are due to a person, in one statement. Null when there are none, or somebody else is sending them. */
export async function reserveReminders(db: Database, { at, userId }: { at: Date; userId: string }) {
  const { name, email } = users;
  const { activationId, leaseSequence, days } = leaseReminders;
  const person = db
    .$with('person', { name, email, customerId: customers.id, withFiles: reminderSettings.withFiles })
    .as(sql`select name, email, customer_id as id, with_files from (${reminded}) p where p.id = ${userId}::uuid`);
  const due = db.$with('due', {}).as(dueTo(at, sql`p.id = ${userId}::uuid`));
  const claimed = db.$with('claimed', { activationId, sequence: leaseSequence, days }).as(sql`
    insert into lease_reminders as r (customer_id, user_id, activation_id, lease_sequence, days, claimed_at)
    select customer_id, user_id, activation_id, sequence, days, ${instantOf(at)} from due order by activation_id
    on conflict (user_id, activation_id, lease_sequence, days) do update set claimed_at = excluded.claimed_at
    where r.settled_at is null and r.claimed_at <= excluded.claimed_at - make_interval(mins => ${CLAIM_MINUTES}::integer)
    returning r.activation_id, r.lease_sequence, r.days`);
  const { customerId, withFiles } = person;
  const rows = await db
    .with(person, due, claimed)
    .select({
      to: { name: person.name, address: person.email, customerId, withFiles },
      lease: {
        ...{ activationId: claimed.activationId, sequence: claimed.sequence, days: claimed.days },
        endsAt: leases.endsAt,
        deviceName: devices.name,
        productName: products.name,
        edition: offerings.edition,
      },
    })
    .from(claimed)
    .innerJoin(leases, and(eq(leases.activationId, claimed.activationId), eq(leases.sequence, claimed.sequence)))
    .innerJoin(activations, eq(activations.id, claimed.activationId))
    .innerJoin(devices, eq(devices.id, activations.deviceId))
    .innerJoin(entitlements, eq(entitlements.id, activations.entitlementId))
    .innerJoin(offerings, eq(offerings.id, entitlements.offeringId))
    .innerJoin(products, eq(products.id, offerings.productId))
    .crossJoin(person)
    .orderBy(leases.endsAt, claimed.activationId);
  const [first] = rows;
  return first === undefined ? null : { ...first.to, leases: rows.map(({ lease }) => lease) };
}

/** The reminders in one mail. */
export interface MailedReminders {
  readonly userId: string;
  readonly leases: readonly Pick<ReservedReminder['leases'][number], 'activationId' | 'sequence' | 'days'>[];
}

const theseRows = ({ userId, leases }: MailedReminders): SQL => sql`r.user_id = ${userId}::uuid and r.settled_at is null
  and (r.activation_id, r.lease_sequence, r.days) in (
    select * from jsonb_to_recordset(${JSON.stringify(leases)}::jsonb) as m("activationId" uuid, sequence integer, days integer))`;

/** Records that a mail was sent or permanently refused, which settles its reminders. One audit row for the mail. */
export async function settleReminders(
  db: Database,
  { mailed, outcome, audit }: { mailed: MailedReminders; outcome: 'accepted' | 'refused'; audit: AuditEntry },
): Promise<void> {
  await db.execute(sql`
    with settled as (update lease_reminders r set settled_at = ${instantOf(audit.at)}, outcome = ${outcome} where ${theseRows(mailed)}
      returning r.user_id)
    select ${auditCall(audit)} from (select from settled limit 1) mail`);
}

/** Gives reminders back whose mail could not be sent now, so that the next run sends them. */
export async function unreserveReminders(db: Database, mailed: MailedReminders): Promise<void> {
  await db.execute(sql`delete from lease_reminders r where ${theseRows(mailed)}`);
}

/**
 * Reserves the exchange of the refresh file that reminders of a lease carry, and returns its id: the first reservation holds for all. It is chosen
 * before the file is made, so that two workers make one file and an interrupted worker leaves no second.
 */
export async function reserveReminderFile(
  db: Database,
  file: { activationId: string; sequence: number; exchangeId: string },
): Promise<string> {
  const { activationId, leaseSequence, exchangeId } = reminderFiles;
  const [reserved] = await db
    .insert(reminderFiles)
    .values({ activationId: file.activationId, leaseSequence: file.sequence, exchangeId: file.exchangeId })
    .onConflictDoUpdate({ target: [activationId, leaseSequence], set: { exchangeId: sql`${exchangeId}` } })
    .returning({ exchangeId });
  if (reserved === undefined) throw new Error('expected the exchange of a reminder, found none');
  return reserved.exchangeId;
}

/** Has a person reminded once more of every lease that a reminder is due of, whether or not one was sent. Answers of how many. */
export async function requestReminders(db: Database, { userId, audit }: { userId: string; audit: AuditEntry }): Promise<number> {
  const rows = await db.execute<{ leases: number }>(sql`
    with all_due as (${dueAtAll(audit.at, sql`p.id = ${userId}::uuid`)}), forgotten as (
      delete from lease_reminders r using all_due w
      where r.user_id = w.user_id and r.activation_id = w.activation_id and r.lease_sequence = w.sequence and r.days = w.days
        and r.settled_at is not null
    ), counted as (select count(*)::integer as leases from all_due having count(*) > 0)
    select leases, write_audit(${JSON.stringify(toRowJson(audit))}::jsonb
      || jsonb_build_object('detail', ${JSON.stringify(audit.detail ?? {})}::jsonb || jsonb_build_object('leases', leases))) from counted`);
  return rows[0]?.leases ?? 0;
}

/** Reads a person's reminder setting; null while they have chosen none. */
export async function readReminderSetting(db: Database, userId: string): Promise<ReminderSetting | null> {
  const { days, withFiles } = reminderSettings;
  const [setting] = await db.select({ days, withFiles }).from(reminderSettings).where(eq(reminderSettings.userId, userId));
  return setting ?? null;
}

/** Writes a person's reminder setting, with the audit row; nothing when it is unchanged. */
export async function writeReminderSetting(
  db: Database,
  { userId, setting, audit }: { userId: string; setting: ReminderSetting; audit: AuditEntry },
): Promise<void> {
  const { days, withFiles } = reminderSettings;
  const query = db
    .insert(reminderSettings)
    .values({ userId, days: [...setting.days], withFiles: setting.withFiles })
    .onConflictDoUpdate({
      target: reminderSettings.userId,
      set: { days: sql`excluded.days`, withFiles: sql`excluded.with_files` },
      setWhere: sql`(${days}, ${withFiles}) is distinct from (excluded.days, excluded.with_files)`,
    })
    .returning({ userId: reminderSettings.userId });
  await writeAudited(db, { writes: [{ name: 'chosen', query }], audit });
}
