import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeBase64 } from './read-base64';

/** The lines under the signature of version 1 and the offline signature of an answer. */
export interface SignedLines {
  /** Exactly as written in the file. */
  readonly date: string;
  /** The licence key, or else the whole user name. */
  readonly identity: string;
  readonly hardwareId: string;
  /** The api key, or the client id. */
  readonly clientId: string;
}

/** Joins the five lines by LF, without one at the end; case is kept (docs/formats/licensespring.md, signatures). */
export function signedText({ date, identity, hardwareId, clientId }: SignedLines): string {
  return ['licenseSpring', `date: ${date}`, identity, hardwareId, clientId].join('\n');
}

/** Computes the HMAC-SHA-256 with the UTF-8 bytes of a shared key or client secret. */
export function hmac(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text, 'utf8').digest();
}

/** Verifies a signature in constant time. */
export function isSignedBy(secret: string, text: string, signature: Uint8Array): boolean {
  return timingSafeEqual(hmac(secret, text), signature);
}

/** Decodes 32 bytes in base64; null for anything else. */
export function readSignature(text: string): Uint8Array | null {
  const bytes = text.length === 44 ? decodeBase64(text) : null;
  return bytes?.byteLength === 32 ? bytes : null;
}

/** Decodes 32 bytes as 64 lower-case hexadecimal digits; null for anything else. */
export function readHexSignature(text: string): Uint8Array | null {
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null;
}
