import { createHmac, hkdfSync } from 'node:crypto';
import { ALPHABET, groupActivationCode, normaliseActivationCode, randomCharacters } from './activation-code';

const CHARACTERS = 10;

/** Makes a recovery code, such as `7KQ2M-XW9PD`: 49 random bits, enough behind a throttle. */
export function makeRecoveryCode(): string {
  return groupActivationCode(randomCharacters(CHARACTERS));
}

/** Checks whether a text is a code that {@link makeRecoveryCode} could have made, in any case and with any dashes and spaces. */
export function isRecoveryCode(typed: string): boolean {
  const code = normaliseActivationCode(typed);
  return code.length === CHARACTERS && [...code].every((character) => ALPHABET.includes(character));
}

/**
 * Computes the keyed digest (HMAC-SHA-256, base64url) under which a recovery code is stored.
 *
 * @param secret of the second factor that the code belongs to; the key is derived from it (RFC 5869), so that the database, which holds it
 *   encrypted, cannot be searched for codes, and a code of one person is not valid for another
 */
export function digestRecoveryCode(typed: string, secret: Uint8Array): string {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'airgate recovery codes', 32));
  return createHmac('sha256', key).update(normaliseActivationCode(typed)).digest('base64url');
}
