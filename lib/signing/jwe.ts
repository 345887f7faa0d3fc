import type { JWK } from 'jose';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { z } from 'zod';
import { reject } from '@/lib/licensing/rejection';
import { readHeader } from './header';
import type { PublicJwk } from './jwk';
import { isExchangeJwk, publicHalf, thumbprintOf } from './jwk';
import { importExchangeKey } from './key-pair';
import { isCanonicalSegment } from './segment';
import { TokenError } from './token-error';

/** The outer type of every encrypted token. */
const TOKEN_TYPE = 'airgate+jwe';

const jweHeader = z.strictObject({
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
});

/** A JWE taken apart. Nothing in it is decrypted yet. */
export interface UnopenedJwe {
  readonly compact: string;
  readonly header: z.output<typeof jweHeader>;
}

/** Encrypts a compact JWS to its one reader (RFC 7516, ECDH-ES and A256GCM). */
export async function encryptTo(jws: string, recipientJwk: JWK | PublicJwk): Promise<string> {
  const kid = thumbprintOf(recipientJwk);
  return new CompactEncrypt(new TextEncoder().encode(jws))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ: TOKEN_TYPE, cty: 'JWT', kid })
    .encrypt(await importExchangeKey(recipientJwk));
}

/**
 * Takes a compact JWE apart and reads its header against the list of members. Decrypts nothing.
 *
 * @throws TokenError token-malformed, token-header-refused
 */
export function readJwe(compact: string): UnopenedJwe {
  const [first = '', encryptedKey, iv = '', ciphertext = '', tag = '', ...more] = compact.split('.');
  const complete = encryptedKey === '' && more.length === 0 && iv.length === 16 && tag.length === 22;
  if (!complete || ![iv, ciphertext, tag].every(isCanonicalSegment)) throw new TokenError(reject('token-malformed'));
  return { compact, header: readHeader(first, jweHeader) };
}

/**
 * Decrypts to the compact JWS inside. Every failure is `token-not-authentic`, the same as a wrong signature, so that it tells nothing.
 *
 * @throws TokenError token-header-refused (epk of another curve than the key), token-not-authentic
 */
export async function decryptJwe(jwe: UnopenedJwe, privateKey: CryptoKey): Promise<string> {
  const curve = privateKey.algorithm.name === 'X25519' ? 'X25519' : 'P-256';
  if (jwe.header.epk.crv !== curve) throw new TokenError(reject('token-header-refused', { member: 'epk' }));
  try {
    const { plaintext } = await compactDecrypt(jwe.compact, privateKey, {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext);
  } catch (cause) {
    throw new TokenError(reject('token-not-authentic'), { cause });
  }
}
