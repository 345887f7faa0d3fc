import type { Fingerprint, FingerprintRules } from './fingerprint';
import { countedFingerprint, countMatches, driftedComponents, isSameDevice } from './fingerprint';

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
  rules: FingerprintRules;
}): Recognised<Known> | null {
  const { candidates, fingerprintOf, rules } = input;
  const seen = countedFingerprint(input.seen, rules);
  let best: Known | null = null;
  for (const candidate of candidates) {
    if (!isSameDevice(fingerprintOf(candidate), seen, rules)) continue;
    if (best === null || countMatches(fingerprintOf(candidate), seen) > countMatches(fingerprintOf(best), seen)) best = candidate;
  }
  return best === null ? null : { known: best, drifted: driftedComponents(fingerprintOf(best), seen) };
}
