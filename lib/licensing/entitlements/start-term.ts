import type { IsoDuration } from '../leases/duration';
import { addDuration } from '../leases/duration';
import type { Term } from './entitlement';
import type { StartRule } from './plan';

/**
 * The term of an entitlement on the day it is made.
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
