import type { Entitlement } from '../entitlements/entitlement';
import { overdraftOf } from '../entitlements/entitlement';
import type { FreedSeat } from '../seats/allowance';
import { leaseSpanMs, reinstallTimes, returnSpanMs, returnTimes } from '../seats/allowance';
import { seatsCap } from '../seats/overdraft';

type Terms = Pick<Entitlement, 'planType' | 'seats' | 'overdraft' | 'offlineLeasePeriod' | 'gracePeriod' | 'allowances'>;

const DAY_MS = 86_400_000;

/** Computes the greatest number that the portal ever counts as possibly running: all seats with their overdraft, and the reinstalls. */
export function mostCounted(entitlement: Terms): number {
  return seatsCap(entitlement.seats, overdraftOf(entitlement)) + reinstallTimes(entitlement);
}

/**
 * Computes the greatest number of machines that run at `now`, copies included: those that are counted, and those whose seat came free with a
 * proof while a copy of them, made before, may run until its lease has run out. Assumes machines that share no part, and whose clocks are right.
 *
 * @param returned seats that came free with a proof, in any order
 */
export function mostRunning(entitlement: Terms, returned: readonly FreedSeat[], now: Date): number {
  return mostCounted(entitlement) + returned.filter(({ runsOutAt }) => runsOutAt > now).length;
}

/** The bounds of a policy. */
export interface Bound {
  /** Machines at once, without returns. */
  readonly counted: number;
  /** Machines whose seat comes free with a proof in a span, and of which a copy may run on. */
  readonly returns: number;
  readonly returnSpanDays: number;
  /** How long any of them runs on one answer. */
  readonly leaseDays: number;
  /** Returns of earlier spans that may still run: 0 unless leases are longer than a span. */
  readonly returnsAddUp: boolean;
}

/** Computes the bounds of an entitlement's policy for leases that begin at `now`. */
export function boundOf(entitlement: Terms, now: Date): Bound {
  const [lease, span] = [leaseSpanMs(entitlement, now), returnSpanMs(entitlement, now)];
  return {
    counted: mostCounted(entitlement),
    returns: returnTimes(entitlement),
    returnSpanDays: span / DAY_MS,
    leaseDays: lease / DAY_MS,
    returnsAddUp: lease > span,
  };
}

/** Computes the greatest sum of days that machines run in the given days from the first activation on, if nothing was sold before. */
export function mostMachineDays(bound: Bound, days: number): number {
  let sum = bound.counted * days;
  for (let from = 0; from < days; from += bound.returnSpanDays) sum += bound.returns * Math.min(bound.leaseDays, days - from);
  return sum;
}
