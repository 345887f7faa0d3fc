import type { Entitlement, Term } from '../entitlements/entitlement';
import { graceOf, termRunsOutAt } from '../entitlements/entitlement';
import type { IsoDuration } from './duration';
import { addDuration, isDuration } from './duration';

/** The signed window of an activation. */
export interface Lease {
  /** 1 for the first lease of an activation, one more for each later one. */
  readonly sequence: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Until when the device may go on with a warning; null when the entitlement has no grace period. */
  readonly graceEndsAt: Date | null;
}

/** Computes the instant from which the device can no longer run on this lease: its grace end, or else its end. */
export function leaseRunsOutAt(lease: Pick<Lease, 'endsAt' | 'graceEndsAt'>): Date {
  return lease.graceEndsAt ?? lease.endsAt;
}

function earliest(...instants: (Date | null)[]): Date {
  const times = instants.filter((instant) => instant !== null).map((instant) => instant.getTime());
  return new Date(Math.min(...times));
}

/** Instants in files are in whole seconds. */
function wholeSeconds(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/** A dialect's limits on leases, besides the rules. They only shorten leases. */
export interface LeaseTerms {
  readonly requestedLease: IsoDuration | null;
  /** False where devices do not know grace: then their seat is not held for it either. */
  readonly hasGrace: boolean;
}

/**
 * Computes the lease that a device gets at `now`: `min(now + offline lease period, term end)`; in the grace of the term, the end of that grace
 * replaces the term end. Grace follows the lease end and stops with the grace of the term. A shorter lease that the device
 * asks for is granted, a longer one is cut. Without `hasGrace` the lease has none. Source: docs/formats/native.md, rules.
 */
export function leaseAt(input: {
  entitlement: Pick<Entitlement, 'planType' | 'gracePeriod'> & { readonly offlineLeasePeriod: IsoDuration };
  term: Term;
  now: Date;
  sequence: number;
  requestedLease: IsoDuration | null;
  hasGrace: boolean;
}): Lease {
  const { entitlement, term, now, sequence, requestedLease, hasGrace } = input;
  const startsAt = wholeSeconds(now);
  const runsOutAt = termRunsOutAt(entitlement, term);
  const inGrace = term.endsAt !== null && now >= term.endsAt;
  const asked = requestedLease !== null && isDuration(requestedLease) ? addDuration(startsAt, requestedLease) : null;
  const endsAt = wholeSeconds(
    earliest(addDuration(startsAt, entitlement.offlineLeasePeriod), asked, inGrace ? runsOutAt : term.endsAt),
  );
  const grace = hasGrace ? graceOf(entitlement) : null;
  const graceEndsAt = grace === null ? null : wholeSeconds(earliest(addDuration(endsAt, grace), runsOutAt));
  return { sequence, startsAt, endsAt, graceEndsAt };
}
