import { createHash } from 'node:crypto';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import { normalise } from '@/lib/signing/bounded-text';

/** The version of names and reading of components. Fingerprints of different versions are not compared. */
const FINGERPRINT_VERSION = 1;
/** Longer than any component's value. Longer values are digested without normalisation. */
const LONGEST_VALUE = 4096;

/** Digests the component values of a machine: SHA-256 of `<vendor id>|<name>|<value>`, so that values never leave it and vendors cannot compare them. */
export function digestComponents(vendorId: string, values: Readonly<Record<string, string>>): Fingerprint {
  const digests = Object.entries(values).map(([name, value]) => {
    const text = `${vendorId}|${name}|${normalise(value, { form: 'NFC', max: LONGEST_VALUE }) ?? value}`;
    return [name, createHash('sha256').update(text).digest('base64url')] as const;
  });
  return { version: FINGERPRINT_VERSION, components: Object.fromEntries(digests) };
}
