import { joinLines } from './read-base64';

/** Names that only files of this dialect carry. Another format may hold JSON in base64 as well. */
const NAMES = ['"hardware_id"', '"license_key"', '"license_signature"', '"licenses"', '"api_key"', '"client_id"'];
/** An object begins within this many characters of text. */
const BEGINNING = 120;

/** Decodes leniently: Buffer reads both alphabets and skips other characters, so that a damaged file is still recognised. */
function decode(text: string): string {
  return Buffer.from(joinLines(text), 'base64').toString('utf8');
}

/** Checks whether a text is base64, in either alphabet, of JSON with this dialect's member names. */
export function looksLikeRequest(text: string): boolean {
  if (!/^\uFEFF?\s*\{/.test(decode(text.slice(0, BEGINNING)))) return false;
  const content = decode(text);
  return NAMES.some((name) => content.includes(name));
}
