import type { LicenceRow } from '@/db/keygen/keygen-keys';
import type { LicenceValues } from '@/lib/dialects/keygen/licence-values';
import type { TermTerms } from '@/lib/licensing/entitlements/entitlement';
import { entitlementStateAt, termFrom, termRunsOutAt } from '@/lib/licensing/entitlements/entitlement';
import type { IsoDuration } from '@/lib/licensing/leases/duration';
import { addDuration } from '@/lib/licensing/leases/duration';

/** The length of a term in seconds; null for a term without end. */
export function secondsOf(length: IsoDuration | null): number | null {
  return length === null ? null : addDuration(new Date(0), length).getTime() / 1000;
}

/** The expiry that files of a licence carry: the end of the term, or of the grace period once it has begun. */
export function expiryAt(entitlement: TermTerms, now: Date): Date | null {
  if (entitlement.startsAt === null) return null;
  const term = termFrom(entitlement, now);
  return entitlementStateAt(entitlement, now) === 'grace' ? termRunsOutAt(entitlement, term) : term.endsAt;
}

/** The values that a licence key carries of its entitlement. */
export function licenceValuesOf({ entitlement, state }: Pick<LicenceRow, 'entitlement' | 'state'>): LicenceValues {
  return {
    id: entitlement.id,
    productId: state.product.id,
    policyId: state.offering.id,
    durationSeconds: secondsOf(state.offering.termLength),
    user: null,
    createdAt: state.createdAt,
    expiresAt: entitlement.termEndsAt,
  };
}
