import { ALPHABET } from '@/lib/signing/activation-code';

/**
 * What a machine is called that states no name, such as `Machine 7F3K-2Q`: the same for the same machine, told from others by people, and
 * nothing that its hardware could be known by.
 *
 * @param digest what the machine is known by, digested; 32 bytes, base64url
 */
export function machineName(digest: string): string {
  const [...bytes] = Buffer.from(digest, 'base64url').subarray(0, 6);
  const letters = bytes.map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  return `Machine ${letters.slice(0, 4)}-${letters.slice(4)}`;
}
