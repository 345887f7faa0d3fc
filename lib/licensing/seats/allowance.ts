import type { Entitlement } from '../entitlements/entitlement';
import { graceOf } from '../entitlements/entitlement';
import type { IsoDuration } from '../leases/duration';
import { addDuration } from '../leases/duration';
import { UNLIMITED_SEATS } from './overdraft';

/** A number of times in a number of days. Null: the default, which follows from the seats and the lease period. */
export interface AllowanceTerms {
  readonly times: number | null;
  readonly days: number | null;
}

/** How often seats may come free while the machine that gave them up may still run. */
export interface Allowances {
  /** Reinstalls: seats that move to a machine set up anew, and releases that are free at once. For the whole entitlement. */
  readonly reinstalls: AllowanceTerms;
  /** Deactivation proofs: for each seat bought. */
  readonly returns: AllowanceTerms;
}

/** A seat that came free at an instant, though the lease of the machine that gave it up ran on. */
export interface FreedSeat {
  readonly at: Date;
  readonly runsOutAt: Date;
}

/** What is left of an allowance. */
export interface AllowanceLeft {
  readonly times: number;
  readonly left: number;
  /** Seats that came free since then count. */
  readonly since: Date;
  /** When there is one more; null while none was used. */
  readonly nextAt: Date | null;
}

type Terms = Pick<Entitlement, 'planType' | 'seats' | 'offlineLeasePeriod' | 'gracePeriod' | 'allowances'>;

const DAY_MS = 86_400_000;
const RETURNS_PER_SEAT = 4;
/** Returns are counted over a year at most, however long leases are: a licence without end can move more than four times. */
const LONGEST_RETURN_SPAN_MS = 366 * DAY_MS;
const SEATS_PER_REINSTALL = 10;

/** Computes how long a machine can run on one answer: the lease period and its grace, from `now` on. In milliseconds. */
export function leaseSpanMs({ planType, offlineLeasePeriod, gracePeriod }: Terms, now: Date): number {
  const parts: (IsoDuration | null)[] = [offlineLeasePeriod, graceOf({ planType, gracePeriod })];
  const end = parts.reduce((at, part) => (part === null ? at : addDuration(at, part)), now);
  return end.getTime() - now.getTime();
}

const spanOf = ({ days }: AllowanceTerms, otherwise: number) => (days === null ? otherwise : days * DAY_MS);

/** Computes how many reinstalls are allowed: one for every ten seats, and one at least, unless the vendor says otherwise. */
export function reinstallTimes({ seats, allowances }: Pick<Terms, 'seats' | 'allowances'>): number {
  return allowances.reinstalls.times ?? Math.max(1, Math.floor(seats / SEATS_PER_REINSTALL));
}

/**
 * Computes what is left of the reinstalls. One counts for the given span, by default a lease period with its grace, and in any case until the machine
 * that gave its seat up can no longer run. So no more machines than the seats and this number ever run at once.
 *
 * @param freed seats that came free without a proof, in any order; older ones are ignored
 */
export function reinstallsLeft(entitlement: Terms, freed: readonly FreedSeat[], now: Date): AllowanceLeft {
  const times = reinstallTimes(entitlement);
  const span = spanOf(entitlement.allowances.reinstalls, leaseSpanMs(entitlement, now));
  const ends = freed.map(({ at, runsOutAt }) => Math.max(at.getTime() + span, runsOutAt.getTime()));
  return leftOf({ times, span, now }, ends);
}

/** Computes how many returns are allowed in a span, for all seats together. */
export function returnTimes({ seats, allowances }: Pick<Terms, 'seats' | 'allowances'>): number {
  const perSeat = allowances.returns.times ?? RETURNS_PER_SEAT;
  return Math.min(perSeat * Math.max(1, seats), UNLIMITED_SEATS);
}

/** Computes how long a return counts, in milliseconds. */
export function returnSpanMs(entitlement: Terms, now: Date): number {
  return spanOf(entitlement.allowances.returns, Math.min(leaseSpanMs(entitlement, now), LONGEST_RETURN_SPAN_MS));
}

/**
 * Computes what is left of the returns whose seat is free at once. Further proofs are accepted as well, but their seat stays held until the
 * lease has run out.
 *
 * @param returnedAts instants of returns that freed a seat whose lease ran on, in any order; older ones are ignored
 */
export function returnsLeft(entitlement: Terms, returnedAts: readonly Date[], now: Date): AllowanceLeft {
  const times = returnTimes(entitlement);
  const span = returnSpanMs(entitlement, now);
  return leftOf(
    { times, span, now },
    returnedAts.map((at) => at.getTime() + span),
  );
}

function leftOf({ times, span, now }: { times: number; span: number; now: Date }, ends: readonly number[]): AllowanceLeft {
  const counting = ends.filter((end) => end > now.getTime()).sort((one, other) => one - other);
  const [next] = counting.slice(Math.max(0, counting.length - times));
  return {
    times,
    left: Math.max(0, times - counting.length),
    since: new Date(now.getTime() - span),
    nextAt: next === undefined ? null : new Date(next),
  };
}

/** Counts the machines that may run at `now`: those that hold a seat, and those whose seat came free before their lease ran out. */
export function possiblyRunning(held: number, freed: readonly FreedSeat[], now: Date): number {
  return held + freed.filter(({ runsOutAt }) => runsOutAt > now).length;
}
