import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { decodeSegment, encodeSegment, isCanonicalSegment, readHeader } from './compact';
import { deriveContentKey, generateEphemeral } from './ecdh-es';
import type { PublicJwk } from './jwk';
import { isExchangeJwk, publicHalf, publicJwkOf, thumbprintOf } from './jwk';
import { importExchangeKey } from './key-pair';
import { TokenError } from './token-error';

/** The outer type of every encrypted token. */
const TOKEN_TYPE = 'airgate+jwe';

/** `A256GCM` (RFC 7518 section 5.3). */
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

const jweHeader = z.compile(
  z.strictObject({
    alg: z.literal('ECDH-ES'),
    enc: z.literal('A256GCM'),
    typ: z.literal(TOKEN_TYPE),
    cty: z.literal('JWT'),
    kid: z.string().length(43),
    epk: z.record(z.string(), z.unknown()).transform((jwk, context) => {
      const half = publicHalf(jwk);
      if (half !== null && isExchangeJwk(half) && Object.keys(half).length === Object.keys(jwk).length) return half;
      context.addIssue({ code: 'custom', message: 'expected an ephemeral public key' });
      return z.NEVER;
    }),
  }),
);

/** A parsed JWE. Nothing in it is decrypted yet. */
export interface UnopenedJwe {
  readonly header: z.output<typeof jweHeader>;
  /** The header as it was sent, which is authenticated with the content. */
  readonly protectedHeader: string;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** Encrypts a compact JWS to its one reader (RFC 7516 section 5.1, ECDH-ES and A256GCM). */
export function encryptTo(jws: string, recipientJwk: JWK | PublicJwk): string {
  const recipient = importExchangeKey(publicJwkOf({ ...recipientJwk }));
  const { privateKey, publicJwk: epk } = generateEphemeral(recipient);
  const kid = thumbprintOf(recipientJwk);
  const header = encodeSegment(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', typ: TOKEN_TYPE, cty: 'JWT', kid, epk }));
  const key = deriveContentKey(privateKey, recipient);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(jws, 'utf8'), cipher.final()]);
  return [header, '', ...[iv, ciphertext, cipher.getAuthTag()].map(encodeSegment)].join('.');
}

/**
 * Parses a compact JWE and checks the members of its header. Decrypts nothing.
 *
 * @throws TokenError token-malformed, token-header-refused
 */
export function readJwe(compact: string): UnopenedJwe {
  const [first = '', encryptedKey, iv = '', ciphertext = '', tag = '', ...more] = compact.split('.');
  const complete = encryptedKey === '' && more.length === 0 && iv.length === 16 && tag.length === 22;
  if (!complete || ![iv, ciphertext, tag].every(isCanonicalSegment)) throw new TokenError(reject('token-malformed'));
  const header = readHeader(first, jweHeader);
  return {
    header,
    protectedHeader: first,
    iv: decodeSegment(iv),
    ciphertext: decodeSegment(ciphertext),
    tag: decodeSegment(tag),
  };
}

/**
 * Decrypts to the compact JWS inside. Every failure is `token-not-authentic`, the same as for a wrong signature, so that it reveals nothing.
 *
 * @throws TokenError token-header-refused (epk of another curve than the key), token-not-authentic
 */
export function decryptJwe(jwe: UnopenedJwe, privateKey: KeyObject): string {
  const curve = privateKey.asymmetricKeyType === 'x25519' ? 'X25519' : 'P-256';
  if (jwe.header.epk.crv !== curve) throw new TokenError(reject('token-header-refused', { member: 'epk' }));
  try {
    const key = deriveContentKey(privateKey, importExchangeKey(jwe.header.epk));
    const plaintext = decryptContent(jwe, { key, header: Buffer.from(jwe.protectedHeader) });
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext);
  } catch (cause) {
    throw new TokenError(reject('token-not-authentic'), { cause });
  }
}

/** Decrypts the content. @throws Error when the content or its header is not what was encrypted, or iv or tag are of another length */
export function decryptContent(
  { iv, ciphertext, tag }: Pick<UnopenedJwe, 'iv' | 'ciphertext' | 'tag'>,
  { key, header }: { key: Uint8Array; header: Uint8Array },
): Buffer {
  if (iv.byteLength !== IV_BYTES) throw new TypeError(`expected an iv of ${IV_BYTES} bytes, found ${iv.byteLength}`);
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(header).setAuthTag(tag);
  // The content counts only once `final` has compared the tag.
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
