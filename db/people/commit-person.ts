import { and, eq, gte, isNull, notExists, or, sql } from 'drizzle-orm';
import { auditCall, writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import type { CustomerRole, MailOutcome } from '../schema/people';
import { sessions, users } from '../schema/people';

/** A person of a customer as an invitation makes them. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: CustomerRole;
  readonly customerId: string;
  /** Whose account it is made with; null for the operator's. */
  readonly invitedBy: string | null;
  readonly at: Date;
  readonly audit: AuditEntry;
}

/** An invitation that was written. */
export interface InvitedRow {
  readonly personId: string;
  /** The customer at which the address has an active account, for the mail to that address alone. Empty: the vendor. */
  readonly elsewhere: string | null;
}

/**
 * Writes a person who is invited, and the audit row; the account of somebody of the same customer who was removed, or whose
 * invitation ran out, is used again. Accounts and invitations of other customers for the address change nothing here; support is informed.
 *
 * @returns null, and nothing was written, when the customer has an account or an invitation for the address already
 */
export async function writeInvitation(db: Database, { audit, ...person }: Invitation): Promise<InvitedRow | null> {
  const parameter = { ...toRowJson(person), audit: toRowJson({ ...audit, detail: audit.detail ?? {} }) };
  const [row] = await db.execute<{ invited: InvitedRow | null }>(
    sql`select invite_person(${JSON.stringify(parameter)}::jsonb) as invited`,
  );
  return row?.invited ?? null;
}

/** Renews the invitation of somebody who has not signed in; null when they signed in or were removed meanwhile. */
export async function writeResend(
  db: Database,
  { personId, invitedBy, at, audit }: { personId: string; invitedBy: string | null; at: Date; audit: AuditEntry },
): Promise<InvitedRow | null> {
  const signIns = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, users.id), or(isNull(users.invitedAt), gte(sessions.createdAt, users.invitedAt))));
  const invited = db.$with('invited').as(
    db
      .update(users)
      .set({ invitedAt: at, invitedBy, invitationMail: null, invitationMailAt: null, invitationAnswer: null })
      .where(and(eq(users.id, personId), isNull(users.disabledAt), notExists(signIns)))
      .returning({ id: users.id }),
  );
  const elsewhere = sql<string | null>`account_elsewhere(${invited.id})`;
  const [row] = await db
    .with(invited)
    .select({ personId: invited.id, elsewhere, written: auditCall(audit) })
    .from(invited);
  return row === undefined ? null : { personId: row.personId, elsewhere: row.elsewhere };
}

/** Disables the accounts of people whose invitation ran out, at most `limit`. Returns how many. */
export async function expireInvitations(db: Database, { at, limit }: { at: Date; limit: number }): Promise<number> {
  const rows = await db.execute<{ count: number }>(
    sql`select expire_invitations(${at.toISOString()}::timestamptz, ${limit}::integer) as count`,
  );
  return rows[0]?.count ?? 0;
}

/** Writes the outcome of an invitation's mail, unless there is a newer invitation. */
export async function writeMailOutcome(
  db: Database,
  mail: { personId: string; invitedAt: Date; at: Date; outcome: MailOutcome; answer: string; audit: AuditEntry },
): Promise<void> {
  const query = db
    .update(users)
    .set({ invitationMail: mail.outcome, invitationMailAt: mail.at, invitationAnswer: mail.answer })
    .where(and(eq(users.id, mail.personId), eq(users.invitedAt, mail.invitedAt)))
    .returning({ id: users.id });
  await writeAudited(db, { writes: [{ name: 'told', query }], audit: mail.audit });
}

/** A change of a person: role and removal, with the state that the decision assumed. */
export interface PersonCommit {
  readonly at: Date;
  readonly customerId: string;
  readonly userId: string;
  readonly actorId: string;
  readonly role: CustomerRole;
  /** Null: the person is removed, which ends their sessions and removes their assignments. */
  readonly newRole: CustomerRole | null;
  readonly audit: AuditEntry;
}

/** Changes a person and writes the audit row in one statement, if what was decided on still holds and an administrator remains. */
export async function commitPerson(db: Database, { audit, ...commit }: PersonCommit): Promise<CommitOutcome> {
  const parameter = { ...toRowJson(commit), audit: toRowJson(audit) };
  const [row] = await db.execute<{ outcome: CommitOutcome }>(
    sql`select commit_person(${JSON.stringify(parameter)}::jsonb) as outcome`,
  );
  return row?.outcome ?? 'stale';
}
