import type { Dialect } from '../dialect';
import { LICENSESPRING_CHECKS } from './checks';
import { hardwareDigest } from './device-key';
import type { LicenseSpringKeys } from './issuer';
import { openRequest } from './open';
import { joinLines } from './read-base64';
import { sealReply } from './seal';
import { showText } from './show-text';
import type { SealingKeys } from './write-reply';

/** The documented offline format of LicenseSpring (docs/formats/licensespring.md). */
export const licenseSpringDialect = {
  id: 'licensespring',
  checks: LICENSESPRING_CHECKS,
  detect: looksLikeRequest,
  digestMachine: (hardwareId, vendorId) => hardwareDigest(vendorId, hardwareId),
  open: openRequest,
  showText,
  signsInTurns: true,
  seal: sealReply,
} satisfies Dialect<LicenseSpringKeys, SealingKeys>;

/** Names that only files of this dialect carry. Another format may hold JSON in base64 as well. */
const NAMES = ['"hardware_id"', '"license_key"', '"license_signature"', '"licenses"', '"api_key"', '"client_id"'];
/** An object begins within this many characters of text. */
const BEGINNING = 120;

/** Decodes leniently: Buffer reads both alphabets and skips other characters, so that a damaged file is still recognised. */
function decode(text: string): string {
  return Buffer.from(joinLines(text), 'base64').toString('utf8');
}

/** Checks whether a text is base64, in either alphabet, of JSON with this dialect's member names. */
function looksLikeRequest(text: string): boolean {
  if (!/^\uFEFF?\s*\{/.test(decode(text.slice(0, BEGINNING)))) return false;
  const content = decode(text);
  return NAMES.some((name) => content.includes(name));
}
