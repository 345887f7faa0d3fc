import type { JWK } from 'jose';
import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import { reject } from '@/lib/licensing/rejection';
import { readHeader } from './header';
import type { PublicJwk, SigningAlgorithm } from './jwk';
import { signingAlgorithmOf } from './jwk';
import { importSigningKey } from './key-pair';
import { decodeSegment, isCanonicalSegment } from './segment';
import { TokenError } from './token-error';

/** Members a JWS header may have; nothing else, and no embedded key. */
const jwsHeader = z.strictObject({
  alg: z.enum(['Ed25519', 'ES256']),
  typ: z.string().max(64),
  kid: z.string().max(64).optional(),
  key_cert: z.string().max(4096).optional(),
});

/** A JWS taken apart. Nothing in it is verified yet. */
export interface UnverifiedJws {
  readonly compact: string;
  readonly header: z.output<typeof jwsHeader>;
  /** The bytes under the signature. */
  readonly payload: Uint8Array;
}

/** A private key with the algorithm that follows from it. */
export interface Signer {
  readonly alg: SigningAlgorithm;
  readonly privateKey: CryptoKey;
}

/** Imports a private signing key together with its algorithm. */
export async function signerOf(privateJwk: JWK): Promise<Signer> {
  return { alg: signingAlgorithmOf(privateJwk), privateKey: await importSigningKey(privateJwk) };
}

/** Signs claims as a compact JWS (RFC 7515). `alg` follows from the key. */
export function signClaims(input: {
  claims: object;
  header: { typ: string; kid?: string; key_cert?: string };
  signer: Signer;
}): Promise<string> {
  const { claims, header, signer } = input;
  const payload = new TextEncoder().encode(JSON.stringify(claims));
  return new CompactSign(payload).setProtectedHeader({ alg: signer.alg, ...header }).sign(signer.privateKey);
}

/**
 * Takes a compact JWS apart and reads its header against the list of members. Verifies nothing.
 *
 * @throws TokenError token-malformed, token-header-refused
 */
export function readJws(compact: string): UnverifiedJws {
  const [first = '', payload = '', signature = '', ...more] = compact.split('.');
  const header = readHeader(first, jwsHeader);
  if (more.length > 0 || !isCanonicalSegment(payload) || !isCanonicalSegment(signature))
    throw new TokenError(reject('token-malformed'));
  return { compact, header, payload: decodeSegment(payload) };
}

/**
 * Verifies the signature with this very key and its one algorithm; the header's `alg` is compared with it, never obeyed.
 *
 * @throws TokenError token-header-refused (alg), token-not-authentic
 */
export async function verifyJws(jws: UnverifiedJws, publicJwk: JWK | PublicJwk): Promise<void> {
  const alg = signingAlgorithmOf(publicJwk);
  if (jws.header.alg !== alg) throw new TokenError(reject('token-header-refused', { member: 'alg' }));
  try {
    await compactVerify(jws.compact, await importSigningKey(publicJwk), { algorithms: [alg] });
  } catch (cause) {
    throw new TokenError(reject('token-not-authentic'), { cause });
  }
}
