import type { Activation } from './activation';
import { holdsSeatAt } from './activation';
import type { Usage } from './check-entitlement';
import { isOffline, refuseEntitlement } from './check-entitlement';
import type { Issue, Reject } from './decision';
import type { IsoDuration } from './duration';
import type { Entitlement } from './entitlement';
import { overdraftOf, termFrom } from './entitlement';
import type { LeaseTerms } from './lease';
import { leaseAt, leaseRunsOutAt } from './lease';
import { seatsCap } from './overdraft';
import { reject } from './rejection';

/** What both an activation and a refresh are decided on, once it is known whose lease it is. */
export interface SeatCase {
  readonly now: Date;
  readonly entitlement: Entitlement;
  /** Seats held at `now`, without those whose last lease has run out. */
  readonly seatsHeld: number;
  readonly usage: Usage;
  /** What the dialect asks of the lease; left out by dialects that ask nothing. */
  readonly leaseTerms?: LeaseTerms | undefined;
}

/** Says whether one more seat can be held. */
function isSeatFree({ entitlement, seatsHeld }: Pick<SeatCase, 'entitlement' | 'seatsHeld'>): boolean {
  return seatsHeld < seatsCap(entitlement.seats, overdraftOf(entitlement));
}

/**
 * Gives the device a lease: on the seat it holds, on a free one, or not at all.
 *
 * @param input.current this device's activation on the entitlement, if it has one that holds a seat or has first claim to one
 * @param input.takeOver true when the request is made with new keys, so that a new activation takes the place of `current`
 */
export function issueLease(
  input: SeatCase & { current: Activation | null; takeOver: boolean; requestedLease: IsoDuration | null },
): Issue | Reject {
  const { entitlement, usage, now, current, takeOver } = input;
  const { requestedLease, hasGrace } = input.leaseTerms ?? { requestedLease: input.requestedLease, hasGrace: true };
  const refused = refuseEntitlement({ entitlement, usage, now });
  if (refused !== null) return { outcome: 'reject', rejection: refused };
  if (!isOffline(entitlement)) return { outcome: 'reject', rejection: reject('offline-not-allowed') };

  const takesSeat = current === null || !holdsSeatAt(current, now);
  if (takesSeat && !isSeatFree(input)) {
    return { outcome: 'reject', rejection: reject('no-seat-free', { seats: entitlement.seats, held: input.seatsHeld }) };
  }

  const term = termFrom(entitlement, now);
  const goesOn = current !== null && !takeOver;
  const lease = leaseAt({ entitlement, term, now, sequence: goesOn ? current.leaseSequence + 1 : 1, requestedLease, hasGrace });
  return {
    outcome: current === null ? 'grant' : 'renew',
    activationId: goesOn ? current.id : null,
    replacesId: current !== null && takeOver ? current.id : null,
    lease,
    runsOutAt: latest(leaseRunsOutAt(lease), current?.runsOutAt),
    term,
    startsTerm: entitlement.startsAt === null,
    takesSeat,
  };
}

function latest(one: Date, other: Date | undefined): Date {
  return other !== undefined && other > one ? other : one;
}
