import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { auditCall } from '../audit/insert-audited';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';

/** A person of a customer as an invitation makes them. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'member' | 'customer_admin';
  readonly customerId: string;
  /** Whose account it is made with; null for the operator's. */
  readonly invitedBy: string | null;
  readonly at: Date;
  readonly audit: AuditEntry;
}

const invitedFromJson = z.object({
  personId: z.string(),
  /** The customer at which the address has an account already, for the mail to that address alone. Empty: the vendor. */
  elsewhere: z.string().nullable(),
});

/** An invitation that was written. */
export type InvitedRow = z.output<typeof invitedFromJson>;

/**
 * Writes a person who is invited, and the audit row; somebody of the same customer who was removed, or whose invitation ran out, comes back.
 * Other customers may have accounts and invitations for the same address: that changes nothing here, and support is told.
 *
 * @returns null, and nothing was written, when the customer has an account or an invitation for the address already
 */
export async function writeInvitation(db: Database, { audit, ...person }: Invitation): Promise<InvitedRow | null> {
  const { customerId: customer_id, invitedBy: invited_by, ...rest } = person;
  const parameter = { ...rest, customer_id, invited_by, audit: toRowJson({ ...audit, detail: audit.detail ?? {} }) };
  const rows = await db.execute<{ invited: unknown }>(sql`select invite_person(${JSON.stringify(parameter)}::jsonb) as invited`);
  return invitedFromJson.nullable().parse(rows[0]?.invited ?? null);
}

/** Writes down that somebody who has not signed in is invited once more; null when they signed in or were removed meanwhile. */
export async function writeResend(
  db: Database,
  { personId, invitedBy, at, audit }: { personId: string; invitedBy: string | null; at: Date; audit: AuditEntry },
): Promise<InvitedRow | null> {
  const rows = await db.execute<{ invited: unknown }>(sql`
    with invited as (
      update users u set invited_at = ${at.toISOString()}::timestamptz, invited_by = ${invitedBy}::uuid, invitation_mail = null,
        invitation_mail_at = null, invitation_answer = null
      where u.id = ${personId}::uuid and u.disabled_at is null
        and not exists (select from sessions s where s.user_id = u.id and (u.invited_at is null or s.created_at >= u.invited_at))
      returning u.id
    ), written as materialized (
      select id, ${auditCall(audit)} as done from invited
    )
    select jsonb_build_object('personId', id, 'elsewhere', account_elsewhere(id)) as invited from written`);
  return invitedFromJson.nullable().parse(rows[0]?.invited ?? null);
}

/** Takes away what was prepared for people whose invitation ran out. Answers how many. */
export async function expireInvitations(db: Database, { at, limit }: { at: Date; limit: number }): Promise<number> {
  const rows = await db.execute<{ count: number }>(
    sql`select expire_invitations(${at.toISOString()}::timestamptz, ${limit}::integer) as count`,
  );
  return rows[0]?.count ?? 0;
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
