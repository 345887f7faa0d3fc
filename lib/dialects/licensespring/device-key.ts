import { createHash } from 'node:crypto';
import { normaliseActivationCode } from '@/lib/signing/activation-code';

/** Returns the user name before the first bar; applications append other text behind it. */
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
 * Computes a substitute for the device key, since devices of this dialect have none: the same for every request of one licence for one product
 * on one machine. Case and grouping of the licence key do not count, nor does the text behind the bar of a user name.
 */
export function deviceKeyOf({ identity, hardwareId, productCode }: DeviceKeyParts): string {
  const text = identity.kind === 'licence-key' ? normaliseActivationCode(identity.text) : userOf(identity.text);
  return createHash('sha256')
    .update(JSON.stringify(['licensespring', identity.kind, text, hardwareId, productCode]))
    .digest('base64url');
}

/** Digests a hardware id: SHA-256 of `<vendor id>|hardware|<hardware id>`, so that no list of devices reveals it. */
export function hardwareDigest(vendorId: string, hardwareId: string): string {
  return createHash('sha256').update(`${vendorId}|hardware|${hardwareId}`).digest('base64url');
}
