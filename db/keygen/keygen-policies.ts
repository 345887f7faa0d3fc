import { eq, inArray, sql } from 'drizzle-orm';
import type { Writing } from '../audit/insert-audited';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { rowJson, rowSchema } from '../row';
import { entitlements } from '../schema/entitlements';
import { keygenPolicies } from '../schema/keygen';

/** A policy as it is stored. Operations check the values of its members. */
export const keygenPolicyFromJson = rowSchema(keygenPolicies).omit({ offeringId: true });

/** JSON of the policy of the offering `o`; null where it has none. */
export const keygenPolicyJson = sql`(select ${rowJson(keygenPolicies, 'kp', keygenPolicyFromJson)} from keygen_policies kp where kp.offering_id = o.id)`;

/** The write of the policy of an offering, for the statement that makes the offering. */
export function keygenPolicyWrites(db: Database, policy: typeof keygenPolicies.$inferInsert): Writing[] {
  return [{ name: 'keygen_policy', query: db.insert(keygenPolicies).values(policy) }];
}

/**
 * Switches activation proofs of an offering on or off, and writes the audit row. Its entitlements get a new revision, so that a proof that
 * is being made at this moment is decided again.
 *
 * @param change.policy complete, for an offering without a policy; of an existing policy only `proofs` changes
 */
export async function writeKeygenProofs(
  db: Database,
  { policy, audit }: { policy: typeof keygenPolicies.$inferInsert & { readonly proofs: boolean }; audit: AuditEntry },
): Promise<void> {
  const { offeringId, proofs } = policy;
  const switched = db
    .insert(keygenPolicies)
    .values(policy)
    .onConflictDoUpdate({ target: keygenPolicies.offeringId, set: { proofs } })
    .returning({ id: keygenPolicies.offeringId });
  const sold = db
    .select({ id: entitlements.id })
    .from(entitlements)
    .where(eq(entitlements.offeringId, offeringId))
    .orderBy(entitlements.id)
    .for('no key update');
  const revised = db
    .update(entitlements)
    .set({ revision: sql`${entitlements.revision} + 1` })
    .where(inArray(entitlements.id, sold));
  const writes = [
    { name: 'switched', query: switched },
    { name: 'revised', query: revised },
  ] as const;
  await writeAudited(db, { writes, audit });
}
