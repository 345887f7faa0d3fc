import type { IsoDuration } from '../leases/duration';
import { addDuration } from '../leases/duration';
import type { Term } from './entitlement';

/** How long a licence lasts. What follows for the term is decided in `entitlement.ts`. */
export const PLAN_TYPES = ['perpetual', 'time-limited', 'trial', 'consumption', 'subscription'] as const;
export type PlanType = (typeof PLAN_TYPES)[number];

/** From when a term counts. */
export const START_RULES = ['on-creation', 'on-first-activation', 'on-date'] as const;
export type StartRule = (typeof START_RULES)[number];

/**
 * Computes the term of an entitlement on the day it is created.
 *
 * @param input.startsAt the date for `on-date`; the day of creation when it is left out
 */
export function startTerm(input: {
  startRule: StartRule;
  termLength: IsoDuration | null;
  now: Date;
  startsAt: Date | null;
}): Term {
  const { startRule, termLength, now } = input;
  switch (startRule) {
    case 'on-first-activation':
      return { startsAt: null, endsAt: null };
    case 'on-creation':
    case 'on-date': {
      const startsAt = startRule === 'on-date' ? (input.startsAt ?? now) : now;
      return { startsAt, endsAt: termLength === null ? null : addDuration(startsAt, termLength) };
    }
  }
}
