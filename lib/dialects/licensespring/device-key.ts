import { createHash } from 'node:crypto';
import { normaliseActivationCode } from '@/lib/signing/activation-code';

/** The name of a user without what applications write behind it: what stands before the first bar. */
export function userOf(username: string): string {
  return username.split('|', 1)[0] ?? username;
}

/** Whose licence, on which machine, of which product. */
export interface DeviceKeyParts {
  readonly identity: { readonly kind: 'licence-key' | 'user'; readonly text: string };
  readonly hardwareId: string;
  readonly productCode: string;
}

/**
 * What stands for a device key in this dialect, whose devices have none: the same for every request of one licence for one product on one
 * machine. The licence key counts as people type it, in any case and grouping, and a user name without what stands behind its bar.
 */
export function deviceKeyOf({ identity, hardwareId, productCode }: DeviceKeyParts): string {
  const text = identity.kind === 'licence-key' ? normaliseActivationCode(identity.text) : userOf(identity.text);
  return createHash('sha256')
    .update(JSON.stringify(['licensespring', identity.kind, text, hardwareId, productCode]))
    .digest('base64url');
}

/** What a hardware id is known by: SHA-256 of `<vendor id>|hardware|<hardware id>`, so that no list of devices shows it. */
export function hardwareDigest(vendorId: string, hardwareId: string): string {
  return createHash('sha256').update(`${vendorId}|hardware|${hardwareId}`).digest('base64url');
}
