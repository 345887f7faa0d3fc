/** A device's fingerprint: digests of its components, never their values. */
export interface Fingerprint {
  readonly version: number;
  /** Component name -> base64url SHA-256 of `<vendor id>|<name>|<value>`. */
  readonly components: Readonly<Record<string, string>>;
}

/** When two fingerprints are of one device. */
export interface FingerprintRules {
  /** How many components must match; one at least, also for 0. */
  readonly fingerprintRequired: number;
  /** Names that count. Others are stored and shown only. Null: all count. */
  readonly fingerprintComponents: readonly string[] | null;
  /** Names that must match, where either side has them. */
  readonly fingerprintMust: readonly string[];
}

/** Components that count unless a product declares others: those that the reference client reads. */
export const DEFAULT_COMPONENTS = ['cpu', 'hostname', 'mac', 'machine', 'memory'] as const;

/** Components that differ between machines that were rolled out from one image. */
export const OWN_OF_EACH_CLONE: readonly string[] = ['hostname', 'mac'];

/** Removes the components that do not count. */
export function countedFingerprint(fingerprint: Fingerprint, { fingerprintComponents: names }: FingerprintRules): Fingerprint {
  if (names === null) return fingerprint;
  const counted = Object.entries(fingerprint.components).filter(([name]) => names.includes(name));
  return { version: fingerprint.version, components: Object.fromEntries(counted) };
}

/** Counts the components that are in both fingerprints with the same digest. Fingerprints of different versions share none. */
export function countMatches(one: Fingerprint, other: Fingerprint): number {
  if (one.version !== other.version) return 0;
  return Object.entries(one.components).filter(([name, digest]) => other.components[name] === digest).length;
}

/** Checks whether two fingerprints hold exactly the same components. */
export function isEqual(one: Fingerprint, other: Fingerprint): boolean {
  const size = Object.keys(one.components).length;
  return size === Object.keys(other.components).length && countMatches(one, other) === size;
}

/**
 * Checks whether two fingerprints are of the same device: enough of the components that count match, all of those that must, and they are not
 * two machines of one image (docs/formats/native.md, rules).
 */
export function isSameDevice(one: Fingerprint, other: Fingerprint, rules: FingerprintRules): boolean {
  const [known, seen] = [countedFingerprint(one, rules), countedFingerprint(other, rules)];
  if (countMatches(known, seen) < Math.max(1, rules.fingerprintRequired)) return false;
  if (rules.fingerprintMust.some((name) => known.components[name] !== seen.components[name])) return false;
  return !areClones(known, seen);
}

/** Checks for two machines of one image: every component that distinguishes them differs, and there are several. */
function areClones(known: Fingerprint, seen: Fingerprint): boolean {
  const told = OWN_OF_EACH_CLONE.filter((name) => known.components[name] !== undefined && seen.components[name] !== undefined);
  return told.length > 1 && told.every((name) => known.components[name] !== seen.components[name]);
}

/** Computes how many components may differ on a machine that runs on an answer for this fingerprint: fewer than half. */
function slackOf({ components }: Fingerprint, { fingerprintRequired }: FingerprintRules): number {
  const named = Object.keys(components).length;
  return Math.max(0, named - Math.max(fingerprintRequired, Math.floor(named / 2) + 1));
}

/**
 * Computes how many components may differ on a machine that runs on a new answer, so that no second machine runs on it, or on an earlier
 * answer with the same key: a request may name parts of several machines, and a key can be copied. Two machines without a part in common need, between
 * them, all that both fingerprints share and what may differ from each. Negative: parts of the earlier answers are enough for another one.
 *
 * @param running counted fingerprints of the earlier answers that may still run
 */
export function slackBeside(seen: Fingerprint, running: readonly Fingerprint[], rules: FingerprintRules): number {
  return Math.min(slackOf(seen, rules), ...running.map((earlier) => countMatches(earlier, seen) - slackOf(earlier, rules) - 1));
}

/** Computes how many components must match for a machine to run on an answer: at least as many as the product requires. */
export function requiredToRun(seen: Fingerprint, running: readonly Fingerprint[], rules: FingerprintRules): number {
  return Object.keys(seen.components).length - Math.max(0, slackBeside(seen, running, rules));
}

/** Lists the components whose digests differ. A component that only one side names does not count: another product may read it. */
export function driftedComponents(known: Fingerprint, seen: Fingerprint): string[] {
  const names = Object.keys(seen.components).filter((name) => known.components[name] !== undefined);
  return names.filter((name) => known.components[name] !== seen.components[name]).sort();
}

/** A known device, compared with a request. */
export interface Recognised<Known> {
  readonly known: Known;
  /** Components that changed; empty when none did. */
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
