import { createHmac } from 'node:crypto';
import { normalise } from './bounded-text';

/** 31 characters, no two alike in print or hand: no 0, 1, I, L, O. A prime count lets one check character catch the errors named below. */
export const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const RANDOM_CHARACTERS = 19;
const GROUP_LENGTH = 5;

/** Sum of value times place, modulo 31: one wrong character and any two swapped ones change it. */
function checkCharacter(code: string): string {
  const sum = [...code].reduce((total, character, index) => total + (index + 1) * ALPHABET.indexOf(character), 0);
  return ALPHABET.charAt(sum % ALPHABET.length);
}

/** Makes uniformly random characters of the alphabet. */
export function randomCharacters(count: number): string {
  const evenLimit = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(count))) {
      if (byte < evenLimit && text.length < count) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}

/** Makes an activation code, such as `7KQ2M-XW9PD-4HTRB-YCV6N`: 94 random bits and a check character. */
export function generateActivationCode(): string {
  const random = randomCharacters(RANDOM_CHARACTERS);
  return groupActivationCode(random + checkCharacter(random));
}

/** Writes a normalised code in groups of five. */
export function groupActivationCode(normalised: string): string {
  return (normalised.match(new RegExp(`.{1,${GROUP_LENGTH}}`, 'gu')) ?? []).join('-');
}

/** The greatest length of a text that names an entitlement or its user. */
const LONGEST_TYPED = 400;

/**
 * Normalises letter case and removes white space, hyphens and dashes. Never fails: other codes pass through, and a text that is too long to be
 * one is returned unchanged.
 */
export function normaliseActivationCode(typed: string): string {
  const plain = normalise(typed, { form: 'NFKC', max: LONGEST_TYPED });
  return plain === null ? typed : plain.replace(/[\s\p{Pd}]/gu, '').toUpperCase();
}

/** Checks whether a text is a code that {@link generateActivationCode} could have made, to find typing errors early. */
export function isActivationCode(typed: string): boolean {
  const code = normaliseActivationCode(typed);
  if (code.length !== RANDOM_CHARACTERS + 1 || [...code].some((character) => !ALPHABET.includes(character))) return false;
  return checkCharacter(code.slice(0, -1)) === code.slice(-1);
}

/**
 * Computes the keyed digest (HMAC-SHA-256, base64url) under which a code is stored and found. Normalises first.
 *
 * @param key 32 secret bytes kept outside the database, so that a leaked table cannot be searched for codes
 */
export function digestActivationCode(typed: string, key: Uint8Array): string {
  return digest(normaliseActivationCode(typed), key);
}

/** Computes the digest of a text of another kind that names an entitlement: not normalised, and never equal to that of an activation code. */
export function digestNamingText(text: string, kind: string, key: Uint8Array): string {
  return digest(`${kind}\n${text}`, key);
}

function digest(text: string, key: Uint8Array): string {
  if (key.byteLength !== 32) throw new RangeError(`expected a digest key of 32 bytes, found ${key.byteLength}`);
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** Returns the last four characters of a code: the only part that is stored in the clear, for people to tell codes apart. */
export function lastFour(typed: string): string {
  return normaliseActivationCode(typed).slice(-4);
}
