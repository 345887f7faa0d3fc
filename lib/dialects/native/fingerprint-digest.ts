import { createHash } from 'node:crypto';
import type { Fingerprint } from '@/lib/licensing/fingerprint';

/** How components are read and named. Fingerprints of different versions are not compared. */
const FINGERPRINT_VERSION = 1;

/** Digests what was read of a machine: SHA-256 of `<vendor id>|<name>|<value>`, so that values never leave it and vendors cannot compare. */
export function digestComponents(vendorId: string, values: Readonly<Record<string, string>>): Fingerprint {
  const digests = Object.entries(values).map(([name, value]) => {
    const text = `${vendorId}|${name}|${value.normalize('NFC')}`;
    return [name, createHash('sha256').update(text).digest('base64url')] as const;
  });
  return { version: FINGERPRINT_VERSION, components: Object.fromEntries(digests) };
}
