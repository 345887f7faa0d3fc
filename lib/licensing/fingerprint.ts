/** What a device is known by: digests of its components, never their values. */
export interface Fingerprint {
  readonly version: number;
  /** Component name -> base64url SHA-256 of `<vendor id>|<name>|<value>`. */
  readonly components: Readonly<Record<string, string>>;
}

/** Counts the components that are in both fingerprints with the same digest. Fingerprints of different versions share none. */
export function countMatches(one: Fingerprint, other: Fingerprint): number {
  if (one.version !== other.version) return 0;
  return Object.entries(one.components).filter(([name, digest]) => other.components[name] === digest).length;
}

/** Says whether two fingerprints are of the same device: at least `required` components match (docs/formats/native.md, rules). */
export function isSameDevice(one: Fingerprint, other: Fingerprint, required: number): boolean {
  return countMatches(one, other) >= Math.max(1, required);
}

/** Names the components that both know and whose digest differs. One that only one side names may be one that another product reads. */
export function driftedComponents(known: Fingerprint, seen: Fingerprint): string[] {
  const names = Object.keys(seen.components).filter((name) => known.components[name] !== undefined);
  return names.filter((name) => known.components[name] !== seen.components[name]).sort();
}
