import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ChangeOutcome, Writing } from '../audit/insert-audited';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { rowJson, rowSchema, toRowJson } from '../row';
import { activationCodeEntitlements, activationCodes, entitlements } from '../schema/entitlements';

/** A code as it is stored, and what it covers. */
export interface NewCode extends Readonly<typeof activationCodes.$inferInsert> {
  readonly id: string;
  readonly createdAt: Date;
  readonly entitlementIds: readonly [string, ...string[]];
}

/** The writes of a new code, for a statement that may make its entitlement as well. */
export function codeWrites(db: Database, { entitlementIds, ...code }: NewCode): [Writing, Writing] {
  const covered = entitlementIds.map((entitlementId) => ({ customerId: code.customerId, codeId: code.id, entitlementId }));
  return [
    { name: 'code', query: sql`${db.insert(activationCodes).values(code).returning({ id: activationCodes.id })}` },
    { name: 'covered', query: sql`${db.insert(activationCodeEntitlements).values(covered)}` },
  ];
}

/** Writes a code for entitlements of one customer, and the audit row. `exists`: the code is taken. */
export function insertCode(db: Database, { code, audit }: { code: NewCode; audit: AuditEntry }) {
  return writeAudited(db, { writes: codeWrites(db, code), audit });
}

/** Withdraws a code, found by its id or its digest, and writes the audit row. The entitlements it covers get a new revision, so that decisions made before become stale. */
export async function writeWithdrawal(
  db: Database,
  change: { codeId: string | null; digest: string | null; at: Date; audit: AuditEntry },
): Promise<ChangeOutcome> {
  const audit = JSON.stringify(toRowJson(change.audit));
  const isMeant = sql`(id = ${change.codeId}::uuid or digest = ${change.digest}::text)`;
  const rows = await db.execute<{ known: boolean; changed: boolean }>(sql`
    with changed as (
      update activation_codes set withdrawn_at = ${change.at.toISOString()}::timestamptz
      where ${isMeant} and withdrawn_at is null returning id, customer_id, last_four
    ), revised as (
      update entitlements e set revision = e.revision + 1
      from activation_code_entitlements ke join changed k on k.id = ke.code_id where e.id = ke.entitlement_id
    ), written as materialized (
      select write_audit(${audit}::jsonb || jsonb_build_object('customer_id', customer_id,
        'detail', jsonb_build_object('codeId', id, 'lastFour', last_four))) as done from changed
    )
    select exists (select from activation_codes where ${isMeant}) as known, (select count(*) from written) > 0 as changed`);
  if (rows[0]?.known !== true) return 'unknown';
  return rows[0].changed ? 'changed' : 'unchanged';
}

const code = rowSchema(activationCodes).pick({ id: true, lastFour: true, createdAt: true, withdrawnAt: true });
const codeFromJson = code.extend({ customerCode: z.string(), entitlementIds: z.array(z.string()) });

export type CodeRow = z.output<typeof codeFromJson>;

/** Reads the codes of an entitlement, oldest first. */
export async function readCodes(db: Database, entitlementId: string): Promise<CodeRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select ${rowJson(activationCodes, 'k', code)} || jsonb_build_object('customerCode', c.code, 'entitlementIds',
      (select jsonb_agg(all_of.entitlement_id) from activation_code_entitlements all_of where all_of.code_id = k.id)) as found
    from activation_code_entitlements ke join activation_codes k on k.id = ke.code_id join customers c on c.id = k.customer_id
    where ke.entitlement_id = ${entitlementId}::uuid order by k.created_at`);
  return rows.map((row) => codeFromJson.parse(row.found));
}

/** Reads the customers of entitlements, by entitlement id. Ids that do not exist are left out. */
export async function readCustomersOf(db: Database, entitlementIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ id: entitlements.id, customerId: entitlements.customerId })
    .from(entitlements)
    .where(sql`${entitlements.id}::text in (select jsonb_array_elements_text(${JSON.stringify(entitlementIds)}::jsonb))`);
  return new Map(rows.map(({ id, customerId }) => [id, customerId]));
}
