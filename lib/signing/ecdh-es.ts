import type { KeyObject } from 'node:crypto';
import { createHash, diffieHellman, generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';
import type { PublicJwk } from './jwk';
import { publicJwkOf } from './jwk';

/** The only content encryption there is, and so the algorithm that the agreed key is derived for. */
const ALGORITHM_ID = Buffer.from('A256GCM');

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The hash input around the agreed secret: round 1 of 1; then the algorithm, no apu, no apv, 256 bits. */
const ROUND = uint32(1);
const OTHER_INFO = Buffer.concat([uint32(ALGORITHM_ID.byteLength), ALGORITHM_ID, uint32(0), uint32(0), uint32(256)]);

/**
 * Exports the public half as a JWK in the call that makes the pair. A later export sometimes deadlocks the process: garbage of the first call
 * is collected during the second, which holds the lock that the collection waits for (Node 20.20).
 */
const EXPORTED = { publicKeyEncoding: { format: 'jwk' } };

/** Makes an ephemeral key pair on the curve of another key, for one agreement with it. */
export function generateEphemeral({ asymmetricKeyType }: KeyObject): { publicJwk: PublicJwk; privateKey: KeyObject } {
  const { publicKey, privateKey } =
    asymmetricKeyType === 'x25519'
      ? generateKeyPairSync('x25519', EXPORTED)
      : generateKeyPairSync('ec', { namedCurve: 'P-256', ...EXPORTED });
  // The types have no overload for exporting only one half.
  return { publicJwk: publicJwkOf(publicKey as unknown as JWK), privateKey };
}

/**
 * Computes the secret that two keys of one curve agree on (RFC 7748 section 6.1 for X25519, RFC 7518 section 4.6 for P-256).
 *
 * @throws Error when the public key is of another curve, or of small order: the secret is then the same for every private key
 */
function agree(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  // A point of P-256 may have the coordinate 0; of small order there is none.
  if (privateKey.asymmetricKeyType === 'x25519' && secret.every((byte) => byte === 0))
    throw new TypeError('expected a public key that can be agreed with, found one of small order');
  return secret;
}

/**
 * Derives the 256-bit key of `ECDH-ES` with `A256GCM`: the Concat KDF (NIST SP 800-56A section 5.8.1) as RFC 7518 section 4.6.2 fills it
 * in. One round of SHA-256 is as long as the key.
 *
 * @throws Error when the two keys cannot agree
 */
export function deriveContentKey(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  return createHash('sha256').update(ROUND).update(agree(privateKey, publicKey)).update(OTHER_INFO).digest();
}
