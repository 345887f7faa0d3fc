import { eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { anyJson } from '../any-json';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { entitlements } from '../schema/entitlements';
import { keygenPolicies } from '../schema/keygen';

/** JSON of the policy of the offering `o`; null where it has none. Members as `keygenPolicy` of the operations reads them. */
export const keygenPolicyJson = sql`(select jsonb_build_object('scheme', kp.scheme, 'ttlSeconds', kp.ttl_seconds, 'algorithm', kp.algorithm,
  'encrypted', kp.encrypted, 'licenceIncludes', kp.licence_includes, 'machineIncludes', kp.machine_includes,
  'keyTemplate', kp.key_template, 'proofTemplate', kp.proof_template, 'fingerprintUniqueIn', kp.fingerprint_unique_in,
  'needsFingerprint', kp.needs_fingerprint, 'guests', kp.guests, 'proofs', kp.proofs, 'makesKeys', kp.makes_keys) from keygen_policies kp where kp.offering_id = o.id)`;

/** A policy as it is stored. Which words its members can be is known to the operations. */
export const keygenPolicyFromJson = z.record(z.string(), anyJson);

const { offeringId: _, makesKeys, ...others } = getTableColumns(keygenPolicies);

/** A policy in a selection. One that is never null comes first: drizzle tells by the first whether there is a row. */
export const keygenPolicyColumns = { makesKeys, ...others };

/**
 * Switches activation proofs of an offering on or off, and writes the audit row. What was sold of it has a new revision, so that a proof that
 * is being made at this moment is decided on anew.
 *
 * @param change.policy all of it, for an offering that has none yet; of one that is there, only `proofs` is changed
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
