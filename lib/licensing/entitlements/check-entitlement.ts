import type { IsoDuration } from '../leases/duration';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';
import type { Entitlement, Feature } from './entitlement';
import { entitlementStateAt, termFrom, termRunsOutAt } from './entitlement';

/** Counted features used so far, by feature code. */
export type Usage = Readonly<Record<string, number>>;

/** An entitlement that allows offline use. */
export type OfflineEntitlement = Entitlement & { readonly offlineLeasePeriod: IsoDuration };

function refuseUsedUp(entitlement: Entitlement, usage: Usage): Rejection | null {
  if (entitlement.planType !== 'consumption') return null;
  for (const feature of entitlement.features) {
    if (feature.kind !== 'counted') continue;
    const used = usage[feature.code] ?? 0;
    if (used >= feature.limit) return reject('consumption-used-up', { feature: feature.code, used, limit: feature.limit });
  }
  return null;
}

/** Refuses to issue a lease on the entitlement at `now`; null when one can be issued. */
export function refuseEntitlement(input: { entitlement: Entitlement; usage: Usage; now: Date }): Rejection | null {
  const { entitlement, usage, now } = input;
  const term = termFrom(entitlement, now);
  switch (entitlementStateAt(entitlement, now)) {
    case 'disabled':
      return reject('entitlement-disabled');
    case 'scheduled':
      return reject('entitlement-not-started', { startsAt: (term.startsAt ?? now).toISOString() });
    case 'expired':
      return reject(entitlement.planType === 'trial' ? 'trial-expired' : 'entitlement-expired', {
        endedAt: (termRunsOutAt(entitlement, term) ?? now).toISOString(),
      });
    case 'active':
    case 'grace':
      break;
  }
  if (entitlement.offlineLeasePeriod === null) return reject('offline-not-allowed');
  return refuseUsedUp(entitlement, usage);
}

/** Checks whether the entitlement allows offline use. */
export function isOffline(entitlement: Entitlement): entitlement is OfflineEntitlement {
  return entitlement.offlineLeasePeriod !== null;
}

/** Selects the usage of counted features from what a device reports. Other names were not sold by count. */
export function countedUsage(features: readonly Feature[], reported: Usage): Usage {
  const counted = new Set(features.filter(({ kind }) => kind === 'counted').map(({ code }) => code));
  return Object.fromEntries(Object.entries(reported).filter(([code, count]) => counted.has(code) && count > 0));
}
