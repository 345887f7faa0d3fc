import { createHash } from 'node:crypto';

/** How a hardware id stands in fingerprints: exactly as it was sent, digested. */
export function hardwareDigest(hardwareId: string): string {
  return createHash('sha256').update(hardwareId).digest('base64url');
}
