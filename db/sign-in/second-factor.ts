import type { SQL, SQLWrapper } from 'drizzle-orm';
import { and, eq, exists, gt, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import { clock } from '../clock';
import type { CommitOutcome } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { sessions, users } from '../schema/people';
import { pendingSignIns, secondFactors } from '../schema/second-factors';
import type { Scope } from '../scope';
import { peopleIn, scoped } from '../scope';

/** The second factor of a person who may sign in, and whose it is. */
export type FactorRow = NonNullable<Awaited<ReturnType<typeof select>>>;

/** Reads a person's second factor, on or being set up; null when there is none. */
export function readFactor(db: Database, look: { userId: string; now: Date | undefined }): Promise<FactorRow | null> {
  return select(db, { condition: eq(secondFactors.userId, look.userId), now: look.now });
}

/** Reads the second factor that a sign-in waits for; null when no sign-in waits with this token any more. */
export function readAwaitedFactor(db: Database, look: { tokenDigest: string; now: Date | undefined }): Promise<FactorRow | null> {
  const { userId, tokenDigest, expiresAt } = pendingSignIns;
  const waits = and(eq(tokenDigest, look.tokenDigest), gt(expiresAt, clock(look.now)));
  const waiting = db.select({ userId }).from(pendingSignIns).where(waits);
  const condition = sql`${isNotNull(secondFactors.confirmedAt)} and ${inArray(secondFactors.userId, waiting)}`;
  return select(db, { condition, now: look.now });
}

async function select(db: Database, { condition, now }: { condition: SQL; now: Date | undefined }) {
  const { email, name, role, customerId } = users;
  const [row] = await db
    .select({
      now: clock(now),
      userId: users.id,
      ...{ email, name, role, customerId },
      secretSealed: secondFactors.secretSealed,
      startedAt: secondFactors.createdAt,
      /** Null: being set up. */
      confirmedAt: secondFactors.confirmedAt,
      recoveryCodesLeft: sql<number>`cardinality(${secondFactors.recoveryDigests})`,
    })
    .from(secondFactors)
    .innerJoin(users, eq(users.id, secondFactors.userId))
    .where(and(eq(users.active, true), condition));
  return row ?? null;
}

/** A typed code, as it is checked and consumed: a code of the app by its step of 30 seconds, a recovery code by its keyed digest. */
export type FactorProof =
  | { readonly kind: 'app'; readonly step: number }
  | { readonly kind: 'recovery-code'; readonly digest: string };

/** Condition on second factors: it is on, and the proof is unused. Belongs in the statement that consumes the proof. */
export function isUnspent(proof: FactorProof): SQL {
  const { confirmedAt, greatestStep, recoveryDigests } = secondFactors;
  switch (proof.kind) {
    case 'app':
      return sql`(${confirmedAt} is not null and ${greatestStep} < ${proof.step}::bigint)`;
    case 'recovery-code':
      return sql`(${confirmedAt} is not null and ${proof.digest} = any(${recoveryDigests}))`;
  }
}

/** Assignments that consume the proof, in an update of second factors. */
export function spend(proof: FactorProof): SQL {
  switch (proof.kind) {
    case 'app':
      return sql`greatest_step = ${proof.step}::bigint`;
    case 'recovery-code':
      return sql`recovery_digests = array_remove(${secondFactors.recoveryDigests}, ${proof.digest})`;
  }
}

/** Runs a change of second factors, named `changed`, the end of sessions, and the audit row as one statement. `stale`: there was nothing to change. */
async function commit(
  db: Database,
  { change, ended, audit }: { change: SQLWrapper; ended?: SQLWrapper; audit: AuditEntry },
): Promise<CommitOutcome> {
  const others = ended === undefined ? [] : [{ name: 'ended', query: ended }];
  const outcome = await writeAudited(db, { writes: [{ name: 'changed', query: change }, ...others], audit });
  return outcome === 'written' ? 'done' : 'stale';
}

/** Condition on sessions: live ones of the person in `changed`. */
const sessionsOfChanged = sql`${sessions.userId} in (select user_id from changed) and ${isNull(sessions.endedAt)}`;

/** Writes a new secret for a person whose second factor is not on; one that was being set up before is replaced. `stale`: it is on. */
export function writeSetUp(
  db: Database,
  setUp: { userId: string; at: Date; secretSealed: string; audit: AuditEntry },
): Promise<CommitOutcome> {
  const change = sql`(
    insert into second_factors (user_id, secret_sealed, created_at)
    select id, ${setUp.secretSealed}, ${setUp.at.toISOString()}::timestamptz from users where id = ${setUp.userId}::uuid and active
    on conflict (user_id) do update set secret_sealed = excluded.secret_sealed, created_at = excluded.created_at
    where second_factors.confirmed_at is null
    returning user_id)`;
  return commit(db, { change, audit: setUp.audit });
}

/** A second factor as it is switched on: the code of `step` was right for the very secret that was read. */
export interface FactorSwitchedOn {
  readonly userId: string;
  readonly at: Date;
  readonly secretSealed: string;
  readonly step: number;
  readonly recoveryDigests: readonly string[];
  /** The person's other sessions end. */
  readonly keptSessionId: string;
  /** Of the link that undoes it. */
  readonly undo: { readonly digest: string; readonly endsAt: Date };
  readonly audit: AuditEntry;
}

/** Switches a second factor on. `stale`: it is on already, or was begun anew. */
export function writeSwitchedOn(db: Database, on: FactorSwitchedOn): Promise<CommitOutcome> {
  const { userId, secretSealed, confirmedAt } = secondFactors;
  const active = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.active, true)));
  const change = db
    .update(secondFactors)
    .set({
      confirmedAt: on.at,
      greatestStep: on.step,
      recoveryDigests: [...on.recoveryDigests],
      undoDigest: on.undo.digest,
      undoEndsAt: on.undo.endsAt,
    })
    .where(and(eq(userId, on.userId), isNull(confirmedAt), eq(secretSealed, on.secretSealed), exists(active)))
    .returning({ userId });
  const others = and(sessionsOfChanged, ne(sessions.id, on.keptSessionId));
  const ended = db.update(sessions).set({ endedAt: on.at }).where(others);
  return commit(db, { change, ended, audit: on.audit });
}

interface Proved {
  readonly userId: string;
  readonly proof: FactorProof;
  readonly audit: AuditEntry;
}

/** Switches a second factor off, which forgets its secret and codes. `stale`: the proof was used before, or it is off. */
export function writeSwitchedOff(db: Database, { userId, proof, audit }: Proved): Promise<CommitOutcome> {
  const own = and(eq(secondFactors.userId, userId), isUnspent(proof));
  const change = db.delete(secondFactors).where(own).returning({ userId: secondFactors.userId });
  return commit(db, { change, audit });
}

/** Replaces all recovery codes by new ones. `stale`: the proof was used before, or the second factor is off. */
export function writeRecoveryCodes(
  db: Database,
  { userId, proof, recoveryDigests, audit }: Proved & { readonly recoveryDigests: readonly string[] },
): Promise<CommitOutcome> {
  const used = proof.kind === 'app' ? { greatestStep: proof.step } : {};
  const change = db
    .update(secondFactors)
    .set({ ...used, recoveryDigests: [...recoveryDigests] })
    .where(and(eq(secondFactors.userId, userId), isUnspent(proof)))
    .returning({ userId: secondFactors.userId });
  return commit(db, { change, audit });
}

/** A reset of another person's second factor. */
export interface FactorReset {
  readonly userId: string;
  readonly at: Date;
  /** The scope in which the person must be; null for the operator, who reaches everybody. */
  readonly within: { readonly scope: Scope; readonly actorId: string; readonly actorRole: string } | null;
  readonly audit: AuditEntry;
}

/** Deletes a person's second factor and ends their sessions. `stale`: it is off, or an assumption of the decision no longer holds. */
export function writeReset(db: Database, { userId, at, within, audit }: FactorReset): Promise<CommitOutcome> {
  const allowed = within === null ? sql`true` : isReached(db, within);
  const change = db
    .delete(secondFactors)
    .where(and(eq(secondFactors.userId, userId), isNotNull(secondFactors.confirmedAt), allowed))
    .returning({ userId: secondFactors.userId });
  const ended = db.update(sessions).set({ endedAt: at }).where(sessionsOfChanged);
  return commit(db, { change, ended, audit });
}

/** Condition on second factors: it belongs to another person within the actor's scope, and the actor still has their role. */
function isReached(db: Database, { scope, actorId, actorRole }: NonNullable<FactorReset['within']>): SQL {
  const { people } = scoped;
  const actor = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, actorId), sql`${users.role} = ${actorRole}`, eq(users.active, true)));
  const isOther = and(eq(people.id, secondFactors.userId), ne(people.id, actorId), eq(people.active, true));
  return exists(
    db
      .select({ id: people.id })
      .from(people)
      .where(and(isOther, peopleIn(scope), exists(actor))),
  );
}

/** The person whose second factor a link undoes, and since when it is on. */
export type FactorUndo = NonNullable<Awaited<ReturnType<typeof readUndo>>>;

/** Condition on second factors and their users: the link undoes it. */
function undoneBy(digest: string, now: SQL): SQL {
  const { undoDigest, undoEndsAt, confirmedAt } = secondFactors;
  return sql`${undoDigest} = ${digest} and ${undoEndsAt} > ${now} and ${confirmedAt} is not null and ${users.active}`;
}

/** Reads the second factor that a link undoes; null when it undoes none, or no longer. */
export async function readUndo(db: Database, look: { digest: string; now: Date | undefined }) {
  const now = clock(look.now);
  const { confirmedAt } = secondFactors;
  const switchedOnAt = sql`${confirmedAt}`.mapWith(confirmedAt);
  const [row] = await db
    .select({ email: users.email, name: users.name, switchedOnAt, now })
    .from(secondFactors)
    .innerJoin(users, eq(users.id, secondFactors.userId))
    .where(undoneBy(look.digest, now));
  return row ?? null;
}

/**
 * Undoes that a second factor was switched on: deletes it and the link, and ends all sessions and pending sign-ins of the person. One statement
 * with the audit row, so that of two concurrent calls one succeeds.
 *
 * @returns null when the link undoes none, or no longer
 */
export async function writeUndone(db: Database, undo: { digest: string; now: Date | undefined }): Promise<FactorUndo | null> {
  const now = clock(undo.now);
  const undone = { email: users.email, name: users.name, confirmedAt: secondFactors.confirmedAt };
  const gone = db.$with('gone', undone).as(sql`
    delete from second_factors using users where users.id = user_id and ${undoneBy(undo.digest, now)}
    returning users.id, email, name, role, customer_id, confirmed_at`);
  const ended = db.$with('ended', {}).as(sql`
    update sessions s set ended_at = ${now} from gone where s.user_id = gone.id and s.ended_at is null returning s.id`);
  const waiting = db.$with('waiting', {}).as(sql`delete from pending_sign_ins p using gone where p.user_id = gone.id`);
  const written = db.$with('written', {}).as(sql`
    insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
    select ${now}, customer_id, id, email, role, ${'second-factor.undone' satisfies AuditAction}::text,
      jsonb_build_object('sessionsEnded', (select count(*) from ended)) from gone`);
  const switchedOnAt = sql`${gone.confirmedAt}`.mapWith(secondFactors.confirmedAt);
  const [row] = await db
    .with(gone, ended, waiting, written)
    .select({ email: gone.email, name: gone.name, switchedOnAt, now })
    .from(gone);
  return row ?? null;
}
