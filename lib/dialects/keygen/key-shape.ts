import { reject } from '@/lib/licensing/refusals/rejection';
import { decodeSegment, isCanonicalSegment } from '@/lib/signing/compact';
import { DialectError } from '../dialect';
import { decodePadded } from './padded-base64url';

/** A parsed licence key. Nothing in it is verified yet. */
export type KeyShape =
  | { readonly kind: 'plain' }
  /** Dataset and signature; `signed` are the bytes under the signature. */
  | {
      readonly kind: 'signed';
      readonly form: 'newer' | 'older';
      readonly dataset: Buffer;
      readonly signed: Buffer;
      readonly signature: Buffer;
    }
  | { readonly kind: 'encrypted'; readonly block: Buffer }
  | { readonly kind: 'jwt'; readonly dataset: Buffer; readonly signed: Buffer; readonly signature: Buffer };

const PREFIX = 'key/';
const PLAIN = /^[0-9A-F]{6}(?:-[0-9A-F]{6}){4}-V3$/;
const PLAIN_BEGINNING = /^[0-9A-F]{6}-[0-9A-FV-]{1,40}$/;
/** Base64url of one RSA block, with its padding. */
const BLOCK = /^[A-Za-z0-9_+/-]{342}={0,2}$/;
const MODULUS_BYTES = 256;
const ED25519_BYTES = 64;
/** The first byte of a DER sequence. */
const SEQUENCE = 0x30;

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** Decodes the header of a JOSE object; null when the segment is not one. */
function joseHeader(segment: string): Readonly<Record<string, unknown>> | null {
  if (!segment.startsWith('eyJ') || !isCanonicalSegment(segment)) return null;
  try {
    const header: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'alg' in header ? { ...header } : null;
  } catch {
    return null;
  }
}

/**
 * Checks whether a text without white space could be a licence key, damaged or not. A token of the native format, whose header names an
 * encryption, is not one.
 */
export function looksLikeKey(text: string): boolean {
  if (text.startsWith(PREFIX) || PLAIN_BEGINNING.test(text) || BLOCK.test(text)) return true;
  const [first = '', second, ...more] = text.split('.');
  if (second === undefined || more.length > 1) return false;
  const header = joseHeader(first);
  if (header !== null) return header.alg === 'RS256';
  return more.length === 0 && /^eyJ[A-Za-z0-9_+/=-]*$/.test(first) && isJson(Buffer.from(first, 'base64'));
}

/**
 * Parses a licence key.
 *
 * @throws DialectError keygen-key-unpadded, keygen-key-alphabet, keygen-key-cut, keygen-key-unreadable
 */
export function readKeyShape(text: string): KeyShape {
  if (PLAIN.test(text)) return { kind: 'plain' };
  if (text.startsWith(PREFIX)) return readSigned(text, 'newer');
  if (PLAIN_BEGINNING.test(text)) throw new DialectError(reject('keygen-key-cut'));
  const segments = text.split('.');
  if (segments.length === 3 && joseHeader(segments[0] ?? '')?.alg === 'RS256') return readJwt(segments);
  if (segments.length === 2) return readSigned(text, 'older');
  if (BLOCK.test(text)) return { kind: 'encrypted', block: readPart(text) };
  throw new DialectError(reject('keygen-key-unreadable'));
}

/** Checks for a signature by Ed25519, or by ECDSA in DER, which states its length. */
function isShortSignature(signature: Buffer): boolean {
  if (signature.byteLength === ED25519_BYTES) return true;
  return signature[0] === SEQUENCE && signature[1] === signature.byteLength - 2;
}

function readSigned(text: string, form: 'newer' | 'older'): KeyShape {
  const body = form === 'newer' ? text.slice(PREFIX.length) : text;
  const [first = '', second = '', ...more] = body.split('.');
  if (first === '' || second === '' || more.length > 0) throw new DialectError(reject('keygen-key-cut'));
  const dataset = readPart(first);
  const signature = readPart(second);
  const isWhole = signature.byteLength === MODULUS_BYTES || (form === 'newer' && isShortSignature(signature));
  if (!isWhole) throw new DialectError(reject('keygen-key-cut'));
  return { kind: 'signed', form, dataset, signed: form === 'newer' ? Buffer.from(`${PREFIX}${first}`) : dataset, signature };
}

function readJwt([header = '', claims = '', last = '']: readonly string[]): KeyShape {
  if (![claims, last].every(isCanonicalSegment)) throw refuseDamaged([claims, last].join(''), 'jwt');
  const [dataset, signature] = [claims, last].map((segment) => Buffer.from(decodeSegment(segment)));
  if (dataset === undefined || signature?.byteLength !== MODULUS_BYTES) throw new DialectError(reject('keygen-key-cut'));
  return { kind: 'jwt', dataset, signed: Buffer.from(`${header}.${claims}`), signature };
}

/** Decodes one part in base64url with padding. @throws DialectError */
function readPart(text: string): Buffer {
  const bytes = decodePadded(text);
  if (bytes === null) throw refuseDamaged(text, 'padded');
  return bytes;
}

function refuseDamaged(text: string, form: 'padded' | 'jwt'): DialectError {
  const strange = /[^A-Za-z0-9_=-]/u.exec(text)?.[0];
  if (strange !== undefined) return new DialectError(reject('keygen-key-alphabet', { found: strange }));
  const isUnpadded = form === 'padded' && !text.includes('=') && text.length % 4 > 1;
  return new DialectError(reject(isUnpadded ? 'keygen-key-unpadded' : 'keygen-key-cut'));
}
