import { isPerson } from '../actor';
import type { ActingContext } from '../context';

/**
 * Whether the actor has a fresh proof: signed in within the last minutes, or typed a new code from the mail. Needed in a browser only; the
 * command line runs on the portal's own machine.
 */
export function hasFreshProof({ actor, via }: Pick<ActingContext, 'actor' | 'via'>): boolean {
  return !isPerson(actor) || via === 'command-line' || actor.isFresh === true;
}
