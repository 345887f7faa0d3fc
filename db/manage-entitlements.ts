import { sql } from 'drizzle-orm';
import type { Database } from './client';
import type { AuditEntry } from './exchange-entry';
import { toRowJson } from './exchange-entry';
import type { ChangeOutcome, Writing } from './insert-audited';
import { writeAudited } from './insert-audited';
import type { NewCode } from './manage-codes';
import { codeWrites } from './manage-codes';
import { entitlementAssignments, entitlements } from './schema/entitlements';

/** An entitlement as it is made: its terms, who may use it, and its first activation code. */
export interface NewEntitlement {
  readonly entitlement: typeof entitlements.$inferInsert & { readonly id: string };
  readonly userIds: readonly string[];
  readonly code: NewCode;
  readonly audit: AuditEntry;
}

/** Writes an entitlement with its code, its people and the audit row. `exists`: the code is taken. */
export function insertEntitlement(db: Database, { entitlement, userIds, code, audit }: NewEntitlement) {
  const made = sql`${db.insert(entitlements).values(entitlement).returning({ id: entitlements.id })}`;
  const assigned = userIds.map((userId) => ({
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
    userId,
    createdAt: entitlement.createdAt,
  }));
  const people: Writing[] =
    assigned.length === 0 ? [] : [{ name: 'people', query: sql`${db.insert(entitlementAssignments).values(assigned)}` }];
  return writeAudited(db, { writes: [{ name: 'made', query: made }, ...codeWrites(db, code), ...people], audit });
}

/**
 * Disables an entitlement, or enables it again, and writes the audit row. A new revision, so that decisions made before do not hold.
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

/** Lets people use an entitlement, and writes the audit row if that is new for any of them. */
export async function writeAssignments(
  db: Database,
  {
    customerId,
    entitlementId,
    userIds,
    at,
    audit,
  }: {
    customerId: string;
    entitlementId: string;
    userIds: readonly string[];
    at: Date;
    audit: AuditEntry;
  },
): Promise<number> {
  const rows = userIds.map((userId) => ({ customerId, entitlementId, userId, createdAt: at }));
  const query = db
    .insert(entitlementAssignments)
    .values(rows)
    .onConflictDoNothing()
    .returning({ userId: entitlementAssignments.userId });
  const written = await db.execute<{ made: number }>(sql`
    with made as ${query}, written as materialized (
      select write_audit(${JSON.stringify(toRowJson(audit))}::jsonb) as done where exists (select from made)
    )
    select count(*)::integer as made, (select count(*) from written) as audited from made`);
  return written[0]?.made ?? 0;
}

/** Takes an entitlement away from people, and writes the audit row if any of them had it. A new revision, so that decisions made before do not hold. */
export async function deleteAssignments(
  db: Database,
  { entitlementId, userIds, audit }: { entitlementId: string; userIds: readonly string[]; audit: AuditEntry },
): Promise<number> {
  const rows = await db.execute<{ gone: number }>(sql`
    with gone as (
      delete from entitlement_assignments where entitlement_id = ${entitlementId}::uuid
        and user_id::text in (select jsonb_array_elements_text(${JSON.stringify(userIds)}::jsonb)) returning user_id
    ), revised as (
      update entitlements set revision = revision + 1 where id = ${entitlementId}::uuid and exists (select from gone)
    ), written as materialized (
      select write_audit(${JSON.stringify(toRowJson(audit))}::jsonb) as done where exists (select from gone)
    )
    select count(*)::integer as gone, (select count(*) from written) as audited from gone`);
  return rows[0]?.gone ?? 0;
}
