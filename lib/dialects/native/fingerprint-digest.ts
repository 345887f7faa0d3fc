import { createHash } from 'node:crypto';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import { normalise } from '@/lib/signing/bounded-text';

/** How components are read and named. Fingerprints of different versions are not compared. */
const FINGERPRINT_VERSION = 1;
/** Longer than what any part says of itself. What is longer is digested as it stands. */
const LONGEST_VALUE = 4096;

/** Digests what was read of a machine: SHA-256 of `<vendor id>|<name>|<value>`, so that values never leave it and vendors cannot compare. */
export function digestComponents(vendorId: string, values: Readonly<Record<string, string>>): Fingerprint {
  const digests = Object.entries(values).map(([name, value]) => {
    const text = `${vendorId}|${name}|${normalise(value, { form: 'NFC', max: LONGEST_VALUE }) ?? value}`;
    return [name, createHash('sha256').update(text).digest('base64url')] as const;
  });
  return { version: FINGERPRINT_VERSION, components: Object.fromEntries(digests) };
}
