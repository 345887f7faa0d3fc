import type { UploadedFile } from '../dialect';
import { MAX_FILE_BYTES } from '../read-text';
import { joinLines } from './read-base64';

/** Names that only files of this dialect carry. Another format may hold JSON in base64 as well. */
const NAMES = ['"hardware_id"', '"license_key"', '"license_signature"', '"licenses"', '"api_key"', '"client_id"'];

/** Says whether a file is base64, in whatever alphabet, of JSON that this dialect's names stand in. */
export function looksLikeRequest({ bytes }: UploadedFile): boolean {
  if (bytes.byteLength > MAX_FILE_BYTES) return false;
  const line = joinLines(new TextDecoder().decode(bytes));
  // Buffer reads both alphabets, and passes over what is none: a damaged file is still told what it is.
  const content = Buffer.from(line, 'base64').toString('utf8');
  return /^\uFEFF?\s*\{/.test(content) && NAMES.some((name) => content.includes(name));
}
