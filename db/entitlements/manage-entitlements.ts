import { eq, sql } from 'drizzle-orm';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { ReleasePolicy } from '@/lib/licensing/seats/release-policy';
import type { ChangeOutcome, Writing } from '../audit/insert-audited';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import { entitlementAssignments, entitlements } from '../schema/entitlements';
import { releasePolicyFromJson, releasePolicyJson } from '../seats/release-policy-json';
import type { NewCode } from './write-codes';
import { codeWrites } from './write-codes';

/** An entitlement as it is made: its terms, who may use it, and its first activation code. */
export interface NewEntitlement {
  readonly entitlement: typeof entitlements.$inferInsert & { readonly id: string };
  readonly userIds: readonly string[];
  readonly code: NewCode;
  /** Further rows in the same statement. */
  readonly more?: readonly Writing[];
  readonly audit: AuditEntry;
}

/** Writes an entitlement with its code, its people and the audit row. `exists`: the code is taken. */
export function insertEntitlement(db: Database, { entitlement, userIds, code, more = [], audit }: NewEntitlement) {
  const made = sql`${db.insert(entitlements).values(entitlement).returning({ id: entitlements.id })}`;
  const assigned = userIds.map((userId) => ({
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    userId,
    createdAt: entitlement.createdAt,
  }));
  const people: Writing[] =
    assigned.length === 0 ? [] : [{ name: 'people', query: sql`${db.insert(entitlementAssignments).values(assigned)}` }];
  const others = [...codeWrites(db, code), ...people, ...more];
  return writeAudited(db, { writes: [{ name: 'made', query: made }, ...others], audit });
}

/**
 * Disables an entitlement, or enables it again, and writes the audit row. The entitlement gets a new revision, so that decisions made before become stale.
 *
 * @param change.disabledAt null to enable
 */
export async function writeDisabled(
  db: Database,
  change: { entitlementId: string; disabledAt: Date | null; audit: AuditEntry },
): Promise<ChangeOutcome> {
  const disabledAt = change.disabledAt?.toISOString() ?? null;
  const audit = JSON.stringify(toRowJson(change.audit));
  const rows = await db.execute<{ known: boolean; changed: boolean }>(sql`
    with changed as (
      update entitlements set disabled_at = ${disabledAt}::timestamptz, revision = revision + 1
      where id = ${change.entitlementId}::uuid and (disabled_at is null) = (${disabledAt}::timestamptz is not null)
      returning customer_id
    ), written as materialized (
      select write_audit(${audit}::jsonb || jsonb_build_object('customer_id', customer_id)) as done from changed
    )
    select exists (select from entitlements where id = ${change.entitlementId}::uuid) as known, (select count(*) from written) > 0 as changed`);
  if (rows[0]?.known !== true) return 'unknown';
  return rows[0].changed ? 'changed' : 'unchanged';
}

/** Which parts of a release policy to set; what is left out stays. */
export type PolicyChange = Partial<
  Pick<
    typeof entitlements.$inferInsert,
    | 'releaseRule'
    | 'releaseRoles'
    | 'releaseApproval'
    | 'releaseIndependent'
    | 'releaseLimit'
    | 'releaseLimitDays'
    | 'reinstallLimit'
    | 'reinstallDays'
    | 'returnLimit'
    | 'returnDays'
    | 'dialects'
  >
>;

/**
 * Changes the release policy of one entitlement, and writes the audit row. The entitlement gets a new revision, so that decisions made before become stale.
 *
 * @returns the policy as it is then; null for an entitlement that does not exist
 */
export async function writeReleasePolicy(
  db: Database,
  { entitlementId, change, audit }: { entitlementId: string; change: PolicyChange; audit: AuditEntry },
): Promise<ReleasePolicy | null> {
  const changed = db
    .update(entitlements)
    .set({ ...change, revision: sql`${entitlements.revision} + 1` })
    .where(eq(entitlements.id, entitlementId))
    .returning();
  const rows = await db.execute<{ policy: unknown }>(sql`
    with e as ${changed}
    select write_audit(${JSON.stringify(toRowJson(audit))}::jsonb || jsonb_build_object('customer_id', e.customer_id)), ${releasePolicyJson} as policy from e`);
  return rows[0] === undefined ? null : releasePolicyFromJson.parse(rows[0].policy);
}

/** One person and one entitlement of the same customer, to be assigned or unassigned. */
export interface AssignmentChange {
  readonly entitlementId: string;
  readonly userId: string;
  readonly assigned: boolean;
}

/**
 * Assigns entitlements to people and unassigns them, and writes an audit row for each entitlement that changed. An entitlement
 * that loses a person gets a new revision, so that decisions made before become stale.
 *
 * @param change.audit action, entitlement and detail are filled in by the statement
 * @returns how many assignments changed; null, and nothing was written, when an entitlement or a person is not of the customer, or a person
 *   who is to get something was removed
 */
export async function writeAssignments(
  db: Database,
  change: { customerId: string; changes: readonly AssignmentChange[]; at: Date; audit: AuditEntry },
): Promise<number | null> {
  const { customerId, changes } = change;
  const audit = JSON.stringify(toRowJson(change.audit));
  const rows = await db.execute<{ known: number; changed: number }>(sql`
    with wanted as (
      select e.id as entitlement_id, u.id as user_id, (w->>'assigned')::boolean as assigned
      from jsonb_array_elements(${JSON.stringify(changes)}::jsonb) w
        join entitlements e on e.id = (w->>'entitlementId')::uuid and e.customer_id = ${customerId}::uuid
        join users u on u.id = (w->>'userId')::uuid and u.customer_id = e.customer_id
      where u.disabled_at is null or not (w->>'assigned')::boolean
      for share of u
    ), known as (
      select count(*)::integer as known from wanted
    ), made as (
      insert into entitlement_assignments (customer_id, entitlement_id, user_id, created_at)
      select ${customerId}::uuid, entitlement_id, user_id, ${change.at.toISOString()}::timestamptz
      from wanted, known where assigned and known = ${changes.length}::integer
      on conflict do nothing returning entitlement_id, user_id
    ), gone as (
      delete from entitlement_assignments a using wanted w, known
      where not w.assigned and a.entitlement_id = w.entitlement_id and a.user_id = w.user_id and known = ${changes.length}::integer
      returning a.entitlement_id, a.user_id
    ), revised as (
      update entitlements set revision = revision + 1 where id in (
        select id from entitlements where id in (select entitlement_id from gone) order by id for no key update)
    ), changed as (
      select ${'entitlement.assigned' satisfies AuditAction}::text as action, * from made
      union all select ${'entitlement.unassigned' satisfies AuditAction}::text, * from gone
    ), told as (
      select action, entitlement_id, jsonb_agg(u.email order by u.email) as people
      from changed join users u on u.id = user_id group by action, entitlement_id
    ), written as materialized (
      select write_audit(${audit}::jsonb || jsonb_build_object('action', action, 'entitlement_id', entitlement_id,
        'detail', jsonb_build_object('people', people))) as done from told
    )
    select known, (select count(*)::integer from changed) as changed, (select count(*) from written) as audited from known`);
  const [row] = rows;
  return row === undefined || row.known !== changes.length ? null : row.changed;
}
