import { isPerson } from '../actor';
import type { ActingContext } from '../context';

/**
 * Whether whoever acts in a browser has shown within the last minutes that it is still them: by signing in, or by a code from the mail once
 * more. Whoever has the command line has the portal's own machine, and needs no proof.
 */
export function hasFreshProof({ actor, via }: Pick<ActingContext, 'actor' | 'via'>): boolean {
  return !isPerson(actor) || via === 'command-line' || actor.isFresh === true;
}
