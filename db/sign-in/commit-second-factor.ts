import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import { auditCall } from '../audit/insert-audited';
import type { Database } from '../client';
import { clock } from '../clock';
import { instantFromJson } from '../entitlements/entitlement-json';
import type { CommitOutcome } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import type { Scope } from '../scope';
import { peopleIn } from '../scope';
import type { FactorProof } from './second-factor-proof';
import { isUnspent } from './second-factor-proof';

/** Digests as an array of Postgres. */
function digestArray(digests: readonly string[]): SQL {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(digests)}::jsonb))`;
}

/** Writes a new secret for a person whose second factor is not on; one that was being set up before is replaced. `stale`: it is on. */
export async function writeSetUp(
  db: Database,
  setUp: { userId: string; at: Date; secretSealed: string; audit: AuditEntry },
): Promise<CommitOutcome> {
  const at = setUp.at.toISOString();
  const rows = await db.execute(sql`
    with begun as (
      insert into second_factors (user_id, secret_sealed, created_at)
      select id, ${setUp.secretSealed}, ${at}::timestamptz from users where id = ${setUp.userId}::uuid and active
      on conflict (user_id) do update set secret_sealed = excluded.secret_sealed, created_at = excluded.created_at
      where second_factors.confirmed_at is null
      returning user_id
    )
    select ${auditCall(setUp.audit)} from begun`);
  return rows.length > 0 ? 'done' : 'stale';
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
export async function writeSwitchedOn(db: Database, on: FactorSwitchedOn): Promise<CommitOutcome> {
  const at = on.at.toISOString();
  const rows = await db.execute(sql`
    with switched as (
      update second_factors f set confirmed_at = ${at}::timestamptz, greatest_step = ${on.step}::bigint,
        recovery_digests = ${digestArray(on.recoveryDigests)}, undo_digest = ${on.undo.digest},
        undo_ends_at = ${on.undo.endsAt.toISOString()}::timestamptz
      where f.user_id = ${on.userId}::uuid and f.confirmed_at is null and f.secret_sealed = ${on.secretSealed}
        and exists (select from users u where u.id = f.user_id and u.active)
      returning f.user_id
    ), ended as (
      update sessions s set ended_at = ${at}::timestamptz from switched
      where s.user_id = switched.user_id and s.id <> ${on.keptSessionId}::uuid and s.ended_at is null
    )
    select ${auditCall(on.audit)} from switched`);
  return rows.length > 0 ? 'done' : 'stale';
}

interface Proved {
  readonly userId: string;
  readonly proof: FactorProof;
  readonly audit: AuditEntry;
}

/** Switches a second factor off, which forgets its secret and codes. `stale`: the proof was used before, or it is off. */
export async function writeSwitchedOff(db: Database, { userId, proof, audit }: Proved): Promise<CommitOutcome> {
  const rows = await db.execute(sql`
    with gone as (
      delete from second_factors f where f.user_id = ${userId}::uuid and ${isUnspent(proof)} returning f.user_id
    )
    select ${auditCall(audit)} from gone`);
  return rows.length > 0 ? 'done' : 'stale';
}

/** Puts new recovery codes in the place of all that are left. `stale`: the proof was used before, or the second factor is off. */
export async function writeRecoveryCodes(
  db: Database,
  { userId, proof, recoveryDigests, audit }: Proved & { readonly recoveryDigests: readonly string[] },
): Promise<CommitOutcome> {
  const step = proof.kind === 'app' ? sql`${proof.step}::bigint` : sql`f.greatest_step`;
  const rows = await db.execute(sql`
    with renewed as (
      update second_factors f set greatest_step = ${step}, recovery_digests = ${digestArray(recoveryDigests)}
      where f.user_id = ${userId}::uuid and ${isUnspent(proof)} returning f.user_id
    )
    select ${auditCall(audit)} from renewed`);
  return rows.length > 0 ? 'done' : 'stale';
}

/** Who takes a second factor away from somebody else. */
export interface FactorReset {
  readonly userId: string;
  readonly at: Date;
  /** The people among whom the person must be; null for the operator, who reaches everybody. */
  readonly within: { readonly scope: Scope; readonly actorId: string; readonly actorRole: string } | null;
  readonly audit: AuditEntry;
}

/** Takes a person's second factor away and ends their sessions. `stale`: it is off, or what was decided on no longer holds. */
export async function writeReset(db: Database, { userId, at, within, audit }: FactorReset): Promise<CommitOutcome> {
  const allowed =
    within === null
      ? sql`true`
      : sql`${peopleIn(within.scope)} and u.id <> ${within.actorId}::uuid and u.active and exists (
          select from users a where a.id = ${within.actorId}::uuid and a.role = ${within.actorRole} and a.active)`;
  const rows = await db.execute(sql`
    with gone as (
      delete from second_factors f using users u
      where f.user_id = ${userId}::uuid and u.id = f.user_id and f.confirmed_at is not null and ${allowed}
      returning f.user_id
    ), ended as (
      update sessions s set ended_at = ${at.toISOString()}::timestamptz from gone where s.user_id = gone.user_id and s.ended_at is null
    )
    select ${auditCall(audit)} from gone`);
  return rows.length > 0 ? 'done' : 'stale';
}

const undoFromJson = z.object({ email: z.string(), name: z.string(), switchedOnAt: instantFromJson, now: instantFromJson });

/** Whose second factor a link undoes, and since when it is on. */
export type FactorUndo = z.output<typeof undoFromJson>;

/** Condition on the aliases `f` of second factors and `u` of users: the link undoes it. */
function undoneBy(digest: string, now: SQL): SQL {
  return sql`f.undo_digest = ${digest} and f.undo_ends_at > ${now} and f.confirmed_at is not null and u.active`;
}

const undoJson = (now: SQL) =>
  sql`jsonb_build_object('email', u.email, 'name', u.name, 'switchedOnAt', f.confirmed_at, 'now', ${now})`;

/** Reads what a link undoes; null when it undoes nothing, or nothing any more. */
export async function readUndo(db: Database, look: { digest: string; now: Date | undefined }): Promise<FactorUndo | null> {
  const now = clock(look.now);
  const rows = await db.execute<{ found: unknown }>(sql`
    select ${undoJson(now)} as found from second_factors f join users u on u.id = f.user_id where ${undoneBy(look.digest, now)}`);
  return undoFromJson.nullable().parse(rows[0]?.found ?? null);
}

/**
 * Undoes that a second factor was switched on: it is gone, and with it all sessions of the person, half-way sign-ins, and the link. With the
 * audit row in one statement, so that of two at once one wins.
 *
 * @returns null when the link undoes nothing, or nothing any more
 */
export async function writeUndone(db: Database, undo: { digest: string; now: Date | undefined }): Promise<FactorUndo | null> {
  const now = clock(undo.now);
  const rows = await db.execute<{ undone: unknown }>(sql`
    with gone as (
      delete from second_factors f using users u where u.id = f.user_id and ${undoneBy(undo.digest, now)}
      returning u.id, u.email, u.role, u.customer_id, ${undoJson(now)} as undone
    ), ended as (
      update sessions s set ended_at = ${now} from gone where s.user_id = gone.id and s.ended_at is null returning s.id
    ), waiting as (
      delete from pending_sign_ins p using gone where p.user_id = gone.id
    ), written as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select ${now}, customer_id, id, email, role, ${'second-factor.undone' satisfies AuditAction}::text,
        jsonb_build_object('sessionsEnded', (select count(*) from ended)) from gone
    )
    select undone from gone`);
  return undoFromJson.nullable().parse(rows[0]?.undone ?? null);
}
