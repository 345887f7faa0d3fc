import type { KeyObject } from 'node:crypto';
import { sign, verify } from 'node:crypto';
import type { JWK } from 'jose';
import { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { decodeSegment, encodeSegment, isCanonicalSegment, readHeader } from './compact';
import type { PublicJwk, SigningAlgorithm } from './jwk';
import { publicJwkOf, signingAlgorithmOf } from './jwk';
import { importSigningKey } from './key-pair';
import { TokenError } from './token-error';

/** Members a JWS header may have; nothing else, and no embedded key. */
const jwsHeader = z.compile(
  z.strictObject({
    alg: z.enum(['Ed25519', 'ES256']),
    typ: z.string().max(64),
    kid: z.string().max(64).optional(),
    key_cert: z.string().max(4096).optional(),
  }),
);

/** A parsed JWS. Nothing in it is verified yet. */
export interface UnverifiedJws {
  readonly header: z.output<typeof jwsHeader>;
  readonly payload: Uint8Array;
  /** The text under the signature: header and payload as they were sent. */
  readonly signed: string;
  readonly signature: Uint8Array;
}

/** A private key with the algorithm that follows from it. */
export interface Signer {
  readonly alg: SigningAlgorithm;
  readonly privateKey: KeyObject;
}

/** Imports a private signing key together with its algorithm. */
export function signerOf(privateJwk: JWK): Signer {
  return { alg: signingAlgorithmOf(privateJwk), privateKey: importSigningKey(privateJwk) };
}

/** Parameters for node:crypto: Ed25519 digests by itself, and signatures are r and s concatenated (RFC 7518 section 3.4). */
const DIGEST = { Ed25519: null, ES256: 'sha256' } as const;
const DSA_ENCODING = 'ieee-p1363';
/** Both algorithms make signatures of this length. */
const SIGNATURE_BYTES = 64;

/** Signs claims as a compact JWS (RFC 7515 section 5.1). `alg` follows from the key. */
export function signClaims(input: {
  claims: object;
  header: { typ: string; kid?: string; key_cert?: string };
  signer: Signer;
}): string {
  const { claims, header, signer } = input;
  const { alg, privateKey: key } = signer;
  const signed = [{ alg, ...header }, claims].map((part) => encodeSegment(JSON.stringify(part))).join('.');
  const signature = sign(DIGEST[alg], Buffer.from(signed), { key, dsaEncoding: DSA_ENCODING });
  return `${signed}.${encodeSegment(signature)}`;
}

/**
 * Parses a compact JWS and checks the members of its header. Verifies nothing.
 *
 * @throws TokenError token-malformed, token-header-refused
 */
export function readJws(compact: string): UnverifiedJws {
  const [first = '', payload = '', signature = '', ...more] = compact.split('.');
  const header = readHeader(first, jwsHeader);
  if (more.length > 0 || !isCanonicalSegment(payload) || !isCanonicalSegment(signature))
    throw new TokenError(reject('token-malformed'));
  return { header, payload: decodeSegment(payload), signed: `${first}.${payload}`, signature: decodeSegment(signature) };
}

/**
 * Verifies the signature with the given key and its one algorithm; the header's `alg` must be equal to it, and chooses nothing.
 *
 * @throws TokenError token-header-refused (alg), token-not-authentic
 */
export function verifyJws(jws: UnverifiedJws, publicJwk: JWK | PublicJwk): void {
  const alg = signingAlgorithmOf(publicJwk);
  if (jws.header.alg !== alg) throw new TokenError(reject('token-header-refused', { member: 'alg' }));
  try {
    const key = importSigningKey(publicJwkOf({ ...publicJwk }));
    if (isSigned(Buffer.from(jws.signed), jws.signature, { alg, key })) return;
  } catch (cause) {
    // A key that is not a point of its curve.
    throw new TokenError(reject('token-not-authentic'), { cause });
  }
  throw new TokenError(reject('token-not-authentic'));
}

/** Checks whether the signature of these bytes holds under a public key and its one algorithm. */
export function isSigned(
  content: Uint8Array,
  signature: Uint8Array,
  { alg, key }: { readonly alg: SigningAlgorithm; readonly key: KeyObject },
): boolean {
  if (signature.byteLength !== SIGNATURE_BYTES) return false;
  return verify(DIGEST[alg], content, { key, dsaEncoding: DSA_ENCODING }, signature);
}
