import type { LicenceRow } from '@/db/keygen-keys';
import type { LicenceValues } from '@/lib/dialects/keygen/licence-values';
import type { IsoDuration } from '@/lib/licensing/duration';
import { addDuration } from '@/lib/licensing/duration';

/** The length of a term in seconds; null for one without end. */
export function secondsOf(length: IsoDuration | null): number | null {
  return length === null ? null : addDuration(new Date(0), length).getTime() / 1000;
}

/** What a licence key says of an entitlement. */
export function licenceValuesOf({ entitlement, createdAt, offering, product }: LicenceRow): LicenceValues {
  return {
    id: entitlement.id,
    productId: product.id,
    policyId: offering.id,
    durationSeconds: secondsOf(offering.termLength),
    user: null,
    createdAt,
    expiresAt: entitlement.termEndsAt,
  };
}
