import type { KeyObject } from 'node:crypto';
import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { JWK } from 'jose';

/*
 * Tokens made by hand, on Node's own primitives and not on the library that reads them: so that each can be wrong in exactly one way
 * and right in all others, and so that two implementations meet in every vector.
 */

function base64url(value: string | Uint8Array): string {
  return Buffer.from(value).toString('base64url');
}

/** A header as an object, or as the very JSON text to be used. */
function toJson(value: object | string): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function signBytes(input: string, privateJwk: JWK): Uint8Array {
  const key = createPrivateKey({ key: { ...privateJwk }, format: 'jwk' });
  const bytes = Buffer.from(input);
  return privateJwk.kty === 'OKP' ? sign(null, bytes, key) : sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' });
}

/** Signs any header and payload. Without a key the signature is empty (`alg: none`). */
export function forgeJws(input: { header: object | string; payload: object | string; privateJwk: JWK | null }): string {
  const text = `${base64url(toJson(input.header))}.${base64url(toJson(input.payload))}`;
  return `${text}.${input.privateJwk === null ? '' : base64url(signBytes(text, input.privateJwk))}`;
}

/** RFC 7518 section 4.6.2 for `ECDH-ES` with a 256-bit `enc`. */
function deriveKey(secret: Uint8Array, enc: string): Buffer {
  const uint32 = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
  const otherInfo = Buffer.concat([uint32(enc.length), Buffer.from(enc), uint32(0), uint32(0), uint32(256)]);
  return createHash('sha256').update(uint32(1)).update(secret).update(otherInfo).digest();
}

/** The public half is exported by the call that makes it: afterwards it can stop the process (lib/signing/ecdh-es.ts). */
function ephemeralFor(recipient: KeyObject): { privateKey: KeyObject; epk: JWK } {
  const exported = { publicKeyEncoding: { format: 'jwk' } };
  const { privateKey, publicKey } =
    recipient.asymmetricKeyType === 'x25519'
      ? generateKeyPairSync('x25519', exported)
      : generateKeyPairSync('ec', { namedCurve: 'P-256', ...exported });
  return { privateKey, epk: publicKey as unknown as JWK };
}

/** Encrypts any text under any header to a public key. `header` gets the ephemeral key and may return an object or the very JSON text. */
export function forgeJwe(input: {
  plaintext: string | Uint8Array;
  recipientJwk: JWK;
  header: (epk: JWK) => object | string;
  encryptedKey?: string;
}): string {
  const recipient = createPublicKey({ key: { ...input.recipientJwk }, format: 'jwk' });
  const ephemeral = ephemeralFor(recipient);
  const header = base64url(toJson(input.header(ephemeral.epk)));
  const key = deriveKey(diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient }), 'A256GCM');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(input.plaintext), cipher.final()]);
  const parts = [header, input.encryptedKey ?? '', base64url(iv), base64url(ciphertext), base64url(cipher.getAuthTag())];
  return parts.join('.');
}
