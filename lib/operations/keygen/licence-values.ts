import type { LicenceRow } from '@/db/keygen/keygen-keys';
import type { LicenceValues } from '@/lib/dialects/keygen/licence-values';
import type { TermTerms } from '@/lib/licensing/entitlements/entitlement';
import { entitlementStateAt, termFrom, termRunsOutAt } from '@/lib/licensing/entitlements/entitlement';
import type { IsoDuration } from '@/lib/licensing/leases/duration';
import { addDuration } from '@/lib/licensing/leases/duration';

/** The length of a term in seconds; null for one without end. */
export function secondsOf(length: IsoDuration | null): number | null {
  return length === null ? null : addDuration(new Date(0), length).getTime() / 1000;
}

/** When the licence ends for whoever reads its files: with its term, or with the grace of it once that has begun. */
export function expiryAt(entitlement: TermTerms, now: Date): Date | null {
  if (entitlement.startsAt === null) return null;
  const term = termFrom(entitlement, now);
  return entitlementStateAt(entitlement, now) === 'grace' ? termRunsOutAt(entitlement, term) : term.endsAt;
}

/** What a licence key says of an entitlement. */
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
