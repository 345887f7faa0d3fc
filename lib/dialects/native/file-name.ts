import { normalise } from '@/lib/signing/bounded-text';
import type { Kind } from './kind';

/** Longer than any device name, and than the part of one that is used. */
const LONGEST_NAME = 400;
const MAX_BYTES = 120;
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

function cut(text: string): string {
  if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  let kept = '';
  for (const character of text) {
    if (new TextEncoder().encode(kept + character).byteLength > MAX_BYTES) break;
    kept += character;
  }
  return kept;
}

/**
 * Makes a file name for a device: its name in characters that every file system accepts (no path separators, control or format characters,
 * leading dots, or names that Windows reserves), at most 120 bytes of UTF-8, then the extension of the kind.
 */
export function fileNameFor(deviceName: string, kind: Kind): string {
  const plain = (normalise(deviceName.slice(0, LONGEST_NAME), { form: 'NFC', max: LONGEST_NAME }) ?? '')
    .replace(/[\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]+/gu, '-')
    .replace(/\s+/gu, ' ')
    .replaceAll('.', '_');
  const safe = cut(plain.replace(/^[\s._-]+/u, '')).replace(/[\s_-]+$/u, '');
  if (safe === '') return `device.${kind}`;
  return RESERVED.test(safe) ? `device-${safe}.${kind}` : `${safe}.${kind}`;
}
