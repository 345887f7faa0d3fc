const IS_ASCII = /^[ -~]*$/;

/**
 * Brings every text in a value made of JSON to NFC, names included. The text of JSON can be normalised as a whole: none of its structural
 * characters takes part in a composition.
 */
export function toNfc(value: object): unknown {
  const json = JSON.stringify(value);
  return IS_ASCII.test(json) ? value : JSON.parse(json.normalize('NFC'));
}
