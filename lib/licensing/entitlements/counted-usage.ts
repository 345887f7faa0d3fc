import type { Usage } from './check-entitlement';
import type { Feature } from './feature';

/** Of the usage a device reports, that of features which are counted. Anything else it names was never sold by count. */
export function countedUsage(features: readonly Feature[], reported: Usage): Usage {
  const counted = new Set(features.filter(({ kind }) => kind === 'counted').map(({ code }) => code));
  return Object.fromEntries(Object.entries(reported).filter(([code, count]) => counted.has(code) && count > 0));
}
