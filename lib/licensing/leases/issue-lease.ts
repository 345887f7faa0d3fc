import type { Usage } from '../entitlements/check-entitlement';
import { isOffline, refuseEntitlement } from '../entitlements/check-entitlement';
import type { Entitlement } from '../entitlements/entitlement';
import { overdraftOf, termFrom } from '../entitlements/entitlement';
import type { Issue, Reject } from '../exchange/decision';
import { reject } from '../refusals/rejection';
import type { Activation } from '../seats/activation';
import { holdsSeatAt } from '../seats/activation';
import type { FreedSeat } from '../seats/allowance';
import { possiblyRunning, reinstallTimes } from '../seats/allowance';
import type { Lookalike } from '../seats/lookalike';
import { seatsCap } from '../seats/overdraft';
import type { IsoDuration } from './duration';
import type { LeaseTerms } from './lease';
import { leaseAt, leaseRunsOutAt } from './lease';

/** The facts that decide both an activation and a refresh, once the entitlement is known. */
export interface SeatCase {
  readonly now: Date;
  readonly entitlement: Entitlement;
  /** Seats held at `now`, without those whose last lease has run out. */
  readonly seatsHeld: number;
  /** Seats that came free without a proof before their lease ran out, as far as they may still count. */
  readonly freed: readonly FreedSeat[];
  readonly usage: Usage;
  /** The dialect's limits on the lease; left out by dialects without any. */
  readonly leaseTerms?: LeaseTerms | undefined;
}

/** Checks whether one more seat can be held, and one more machine run. */
function isSeatFree({
  entitlement,
  seatsHeld,
  freed,
  now,
}: Pick<SeatCase, 'entitlement' | 'seatsHeld' | 'freed' | 'now'>): boolean {
  const cap = seatsCap(entitlement.seats, overdraftOf(entitlement));
  return seatsHeld < cap && possiblyRunning(seatsHeld, freed, now) < cap + reinstallTimes(entitlement);
}

/**
 * Decides on a lease for the device: on the seat it holds, on one that moves to it, on a free one, or a rejection.
 *
 * @param input.current this device's activation on the entitlement, if it goes on
 * @param input.older the older activation whose machine this one looks like, and the outcome for its seat
 */
export function issueLease(
  input: SeatCase & {
    current: Activation | null;
    older: { readonly activation: Activation; readonly lookalike: Lookalike } | null;
    requestedLease: IsoDuration | null;
  },
): Issue | Reject {
  const { entitlement, usage, now, current, older } = input;
  const { requestedLease, hasGrace } = input.leaseTerms ?? { requestedLease: input.requestedLease, hasGrace: true };
  const refused = refuseEntitlement({ entitlement, usage, now });
  if (refused !== null) return { outcome: 'reject', rejection: refused };
  if (!isOffline(entitlement)) return { outcome: 'reject', rejection: reject('offline-not-allowed') };

  const seat = older?.lookalike.seat ?? null;
  const hasSeat = seat === 'moves' || seat === 'stays' || (current !== null && holdsSeatAt(current, now));
  if (!hasSeat && !isSeatFree(input)) {
    const { seats } = entitlement;
    const why = older?.lookalike.why ?? null;
    const facts = { ...why?.facts, seats, held: input.seatsHeld };
    return { outcome: 'reject', rejection: reject(why?.code ?? 'no-seat-free', facts) };
  }

  const term = termFrom(entitlement, now);
  const lease = leaseAt({ entitlement, term, now, sequence: (current?.leaseSequence ?? 0) + 1, requestedLease, hasGrace });
  const before = current ?? (seat === 'stays' ? (older?.activation ?? null) : null);
  return {
    outcome: current !== null || seat === 'moves' || seat === 'stays' || seat === 'lapsed' ? 'renew' : 'grant',
    activationId: current?.id ?? null,
    lookalike: older?.lookalike ?? null,
    lease,
    runsOutAt: latest(leaseRunsOutAt(lease), before?.runsOutAt),
    term,
    startsTerm: entitlement.startsAt === null,
    takesSeat: !hasSeat,
  };
}

function latest(one: Date, other: Date | undefined): Date {
  return other !== undefined && other > one ? other : one;
}
