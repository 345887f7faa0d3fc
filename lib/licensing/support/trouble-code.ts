/** Letters and digits that are hard to mistake for one another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function checkCharacter(five: string): string {
  let sum = 0;
  for (const [index, character] of [...five].entries()) sum += (index + 2) * ALPHABET.indexOf(character);
  return ALPHABET.charAt(sum % 31);
}

/**
 * Formats a trouble code of six characters: five from the given bytes, and a check character that finds most typing errors.
 *
 * @param bytes five random bytes
 */
export function troubleCodeFrom(bytes: Uint8Array): string {
  const five = [...bytes.slice(0, 5)].map((byte) => ALPHABET.charAt(byte % 32)).join('');
  return five + checkCharacter(five);
}

/** Checks whether a text, in any case, has the form of a trouble code, possibly with a typing error. */
export function looksLikeTroubleCode(text: string): boolean {
  const code = text.trim().toUpperCase();
  return code.length === 6 && [...code].every((character) => ALPHABET.includes(character));
}

/** Checks whether a text, in any case, is a trouble code with the right check character. */
export function isTroubleCode(text: string): boolean {
  const code = text.trim().toUpperCase();
  return looksLikeTroubleCode(code) && checkCharacter(code.slice(0, 5)) === code.charAt(5);
}
