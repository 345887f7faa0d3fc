import { sql } from 'drizzle-orm';
import type { Database } from './client';
import type { CommitOutcome } from './commit';
import type { AuditEntry } from './exchange-entry';
import { toRowJson } from './exchange-entry';

/** A person of a customer as an invitation makes them. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'member' | 'customer_admin';
  readonly customerId: string;
  readonly at: Date;
  readonly audit: AuditEntry;
}

/**
 * Writes a person who is invited, and the audit row; somebody of the same customer who was removed comes back. Sessions of the time before
 * stay ended.
 *
 * @returns the person's id; null, and nothing was written, when somebody has the address already, here or elsewhere
 */
export async function writeInvitation(db: Database, { audit, ...person }: Invitation): Promise<string | null> {
  const at = person.at.toISOString();
  const rows = await db.execute<{ id: string }>(sql`
    with made as (
      insert into users (id, email, name, role, customer_id, created_at, invited_at)
      values (${person.id}::uuid, ${person.email}, ${person.name}, ${person.role}, ${person.customerId}::uuid, ${at}::timestamptz, ${at}::timestamptz)
      on conflict (email) do update set name = excluded.name, role = excluded.role, disabled_at = null, invited_at = excluded.invited_at,
        invitation_mail = null, invitation_mail_at = null, invitation_answer = null
      where users.customer_id = excluded.customer_id and users.disabled_at is not null
      returning id
    ), ended as (
      update sessions set ended_at = ${at}::timestamptz where user_id in (select id from made) and ended_at is null
    ), written as materialized (
      select write_audit(${JSON.stringify(toRowJson(audit))}::jsonb
        || jsonb_build_object('detail', ${JSON.stringify(audit.detail ?? {})}::jsonb || jsonb_build_object('personId', id))) as done from made
    )
    select id, (select count(*) from written) as audited from made`);
  return rows[0]?.id ?? null;
}

/** The customer of the person with an address, to tell why they could not be invited; null for the vendor's people and for nobody. */
export async function findCustomerOf(db: Database, email: string): Promise<string | null> {
  const rows = await db.execute<{ id: string | null }>(sql`select customer_id as id from users where email = ${email}`);
  return rows[0]?.id ?? null;
}

/** Writes down that somebody who has not signed in is invited once more. `stale`: they signed in or were removed meanwhile. */
export async function writeResend(
  db: Database,
  { personId, at, audit }: { personId: string; at: Date; audit: AuditEntry },
): Promise<CommitOutcome> {
  const rows = await db.execute(sql`
    with invited as (
      update users u set invited_at = ${at.toISOString()}::timestamptz, invitation_mail = null, invitation_mail_at = null, invitation_answer = null
      where u.id = ${personId}::uuid and u.disabled_at is null
        and not exists (select from sessions s where s.user_id = u.id and (u.invited_at is null or s.created_at >= u.invited_at))
      returning u.id
    )
    select write_audit(${JSON.stringify(toRowJson(audit))}::jsonb) from invited`);
  return rows.length > 0 ? 'done' : 'stale';
}

/** Writes what became of an invitation's mail, unless there is a newer invitation. */
export async function writeMailOutcome(
  db: Database,
  mail: {
    personId: string;
    invitedAt: Date;
    at: Date;
    outcome: 'accepted' | 'refused' | 'failed';
    answer: string;
    audit: AuditEntry;
  },
): Promise<void> {
  await db.execute(sql`
    with told as (
      update users set invitation_mail = ${mail.outcome}, invitation_mail_at = ${mail.at.toISOString()}::timestamptz, invitation_answer = ${mail.answer}
      where id = ${mail.personId}::uuid and invited_at = ${mail.invitedAt.toISOString()}::timestamptz
      returning id
    )
    select write_audit(${JSON.stringify(toRowJson(mail.audit))}::jsonb) from told`);
}

/** A person as they were when it was decided to change them, and what is to become of them. */
export interface PersonCommit {
  readonly at: Date;
  readonly customerId: string;
  readonly userId: string;
  readonly actorId: string;
  readonly role: 'member' | 'customer_admin';
  /** Null: the person is removed, which ends their sessions and takes away what was assigned. */
  readonly newRole: 'member' | 'customer_admin' | null;
  readonly audit: AuditEntry;
}

/** Changes a person and writes the audit row in one statement, if what was decided on still holds and an administrator remains. */
export async function commitPerson(db: Database, commit: PersonCommit): Promise<CommitOutcome> {
  const parameter = {
    at: commit.at,
    customer_id: commit.customerId,
    user_id: commit.userId,
    actor_id: commit.actorId,
    role: commit.role,
    new_role: commit.newRole,
    audit: toRowJson(commit.audit),
  };
  const rows = await db.execute<{ outcome: CommitOutcome }>(
    sql`select commit_person(${JSON.stringify(parameter)}::jsonb) as outcome`,
  );
  return rows[0]?.outcome ?? 'stale';
}
