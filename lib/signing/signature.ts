import type { KeyObject } from 'node:crypto';
import { sign, verify } from 'node:crypto';
import type { SigningAlgorithm } from './jwk';

/** How node:crypto is told of the algorithms: Ed25519 digests by itself, and signatures are r and s side by side (RFC 7518 section 3.4). */
const DIGEST = { Ed25519: null, ES256: 'sha256' } as const;
const DSA_ENCODING = 'ieee-p1363';
/** Both algorithms make signatures of this length. */
const SIGNATURE_BYTES = 64;

/** A key with the one algorithm that follows from it. */
export interface AlgorithmKey {
  readonly alg: SigningAlgorithm;
  readonly key: KeyObject;
}

/** Signs bytes: 64 bytes, r and s side by side for ES256. */
export function signBytes(content: Uint8Array, { alg, key }: AlgorithmKey): Buffer {
  return sign(DIGEST[alg], content, { key, dsaEncoding: DSA_ENCODING });
}

/** Says whether the signature of these bytes holds under the key. */
export function isSigned(content: Uint8Array, signature: Uint8Array, { alg, key }: AlgorithmKey): boolean {
  if (signature.byteLength !== SIGNATURE_BYTES) return false;
  return verify(DIGEST[alg], content, { key, dsaEncoding: DSA_ENCODING }, signature);
}
