import { ALPHABET } from '@/lib/signing/activation-code';

/**
 * Makes a name for a machine that states none, such as `Machine 7F3K-2Q`: always the same for one machine, easy to tell from others, and
 * without any information on its hardware.
 *
 * @param digest of the machine's fingerprint; 32 bytes, base64url
 */
export function machineName(digest: string): string {
  const [...bytes] = Buffer.from(digest, 'base64url').subarray(0, 6);
  const letters = bytes.map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  return `Machine ${letters.slice(0, 4)}-${letters.slice(4)}`;
}
