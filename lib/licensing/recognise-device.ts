import type { Fingerprint } from './fingerprint';
import { countMatches, driftedComponents, isSameDevice } from './fingerprint';

/** A device that is already known, compared with what a request says. */
export interface Recognised<Known> {
  readonly known: Known;
  /** Components that differ from what was known; empty when nothing changed. */
  readonly drifted: readonly string[];
}

/** Finds the known device that the fingerprint shows: the one with most matches, if they are enough. */
export function recogniseDevice<Known>(input: {
  candidates: readonly Known[];
  fingerprintOf: (known: Known) => Fingerprint;
  seen: Fingerprint;
  required: number;
}): Recognised<Known> | null {
  const { candidates, fingerprintOf, seen, required } = input;
  let best: Known | null = null;
  for (const candidate of candidates) {
    if (!isSameDevice(fingerprintOf(candidate), seen, required)) continue;
    if (best === null || countMatches(fingerprintOf(candidate), seen) > countMatches(fingerprintOf(best), seen)) best = candidate;
  }
  return best === null ? null : { known: best, drifted: driftedComponents(fingerprintOf(best), seen) };
}
