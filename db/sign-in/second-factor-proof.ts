import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/** What somebody typed, as it is checked and used up: a code of the app by its step of 30 seconds, a recovery code by its keyed digest. */
export type FactorProof =
  | { readonly kind: 'app'; readonly step: number }
  | { readonly kind: 'recovery-code'; readonly digest: string };

/** Condition on the alias `f` of second factors: it is on, and the proof was not used before. Belongs into the statement that uses it up. */
export function isUnspent(proof: FactorProof): SQL {
  switch (proof.kind) {
    case 'app':
      return sql`(f.confirmed_at is not null and f.greatest_step < ${proof.step}::bigint)`;
    case 'recovery-code':
      return sql`(f.confirmed_at is not null and ${proof.digest} = any(f.recovery_digests))`;
  }
}

/** Assignments that use the proof up, for an update of `second_factors f`. */
export function spend(proof: FactorProof): SQL {
  switch (proof.kind) {
    case 'app':
      return sql`greatest_step = ${proof.step}::bigint`;
    case 'recovery-code':
      return sql`recovery_digests = array_remove(f.recovery_digests, ${proof.digest})`;
  }
}
