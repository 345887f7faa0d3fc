/** Letters and digits that are hard to mistake for one another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function checkCharacter(five: string): string {
  let sum = 0;
  for (const [index, character] of [...five].entries()) sum += (index + 2) * ALPHABET.indexOf(character);
  return ALPHABET.charAt(sum % 31);
}

/**
 * Writes a six-character trouble code: five characters drawn by the caller, and one that tells most typing mistakes.
 *
 * @param bytes five random bytes
 */
export function troubleCodeFrom(bytes: Uint8Array): string {
  const five = [...bytes.slice(0, 5)].map((byte) => ALPHABET.charAt(byte % 32)).join('');
  return five + checkCharacter(five);
}

/** Says whether a text, in any case, has the letters of a trouble code: it may be one with a slip in it. */
export function looksLikeTroubleCode(text: string): boolean {
  const code = text.trim().toUpperCase();
  return code.length === 6 && [...code].every((character) => ALPHABET.includes(character));
}

/** Says whether a text, in any case, can be a trouble code. */
export function isTroubleCode(text: string): boolean {
  const code = text.trim().toUpperCase();
  return looksLikeTroubleCode(code) && checkCharacter(code.slice(0, 5)) === code.charAt(5);
}
