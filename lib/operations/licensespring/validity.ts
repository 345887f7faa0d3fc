import type { LicenceCase } from '@/db/licensespring/licensespring-case';
import type { LicenceDetails } from '@/lib/dialects/licensespring/licence-details';
import { graceOf } from '@/lib/licensing/entitlements/entitlement';
import type { Issue } from '@/lib/licensing/exchange/decision';
import { addDuration } from '@/lib/licensing/leases/duration';
import type { HookCase } from '../dialects/hooks';
import { UNLIMITED_LEASE } from './licences/licence-terms';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

type Validity = Pick<
  LicenceDetails,
  | 'license_type'
  | 'active'
  | 'is_expired'
  | 'is_trial'
  | 'trial_days'
  | 'start_date'
  | 'validity_period'
  | 'maintenance_period'
  | 'enable_maintenance_period'
  | 'grace_period'
  | 'allow_grace_period'
>;

/** Makes the members of a reply about type, term, maintenance and grace of the licence. */
export function validityOf(
  { entitlement, now }: Pick<HookCase, 'entitlement' | 'now'>,
  decision: Issue,
  licence: LicenceCase['licence'],
): Validity {
  const { planType, maintenanceEndsAt } = entitlement;
  const { term } = decision;
  const isTrial = planType === 'trial';
  const grace = graceOf(entitlement);
  const graceMs = grace === null ? 0 : addDuration(decision.lease.endsAt, grace).getTime() - decision.lease.endsAt.getTime();
  return {
    license_type: licence?.licenceType ?? (isTrial ? 'time-limited' : planType),
    active: true,
    is_expired: term.endsAt !== null && now >= term.endsAt,
    is_trial: isTrial,
    trial_days: isTrial && term.startsAt !== null && term.endsAt !== null ? daysBetween(term.startsAt, term.endsAt) : 0,
    start_date: term.startsAt?.toISOString() ?? null,
    validity_period: validUntil(entitlement, decision)?.toISOString() ?? null,
    maintenance_period: maintenanceEndsAt?.toISOString() ?? null,
    enable_maintenance_period: maintenanceEndsAt !== null,
    grace_period: Math.ceil(graceMs / HOUR_MS),
    allow_grace_period: grace !== null,
  };
}

function daysBetween(from: Date, to: Date): number {
  return Math.ceil((to.getTime() - from.getTime()) / DAY_MS);
}

/**
 * The end that the file sets to the device. The format has a term but no lease, so an earlier end of the lease is written as the end of the
 * term: a device never runs on a seat that the portal has given to another.
 */
function validUntil(entitlement: HookCase['entitlement'], decision: Issue): Date | null {
  const { term, lease } = decision;
  if (term.endsAt === null) return entitlement.offlineLeasePeriod === UNLIMITED_LEASE ? null : lease.endsAt;
  // A lease ends on a whole second. Past the end of the term it covers the grace period.
  return lease.endsAt.getTime() >= Math.floor(term.endsAt.getTime() / 1000) * 1000 ? term.endsAt : lease.endsAt;
}
