import type { KeyObject, SignKeyObjectInput } from 'node:crypto';
import { constants, sign, verify } from 'node:crypto';
import type { KeygenIssuer, KeygenVerifier } from './issuer';
import type { SignatureAlgorithm } from './scheme';
import { KEY_OF_ALGORITHM } from './scheme';

/** The longest salt that fits: 256 bytes of modulus, less the digest and two. Published clients accept no other. */
const MAXIMUM_SALT = 222;

type Padding = Pick<SignKeyObjectInput, 'dsaEncoding' | 'padding' | 'saltLength'>;

/** Parameters for node:crypto. Ed25519 digests by itself; ECDSA signatures are DER. */
const HOW: Readonly<Record<SignatureAlgorithm, { readonly digest: 'sha256' | null; readonly padding: Padding }>> = {
  ed25519: { digest: null, padding: {} },
  'rsa-pss-sha256': { digest: 'sha256', padding: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: MAXIMUM_SALT } },
  'rsa-sha256': { digest: 'sha256', padding: { padding: constants.RSA_PKCS1_PADDING } },
  'ecdsa-p256': { digest: 'sha256', padding: { dsaEncoding: 'der' } },
};

function inputOf(key: KeyObject, algorithm: SignatureAlgorithm): SignKeyObjectInput {
  return { key, ...HOW[algorithm].padding };
}

/**
 * Signs bytes: by RSA on the thread pool, since that would block the process for a millisecond; signatures on curves take less than a round
 * trip to the pool.
 */
export async function signBytes(input: {
  algorithm: SignatureAlgorithm;
  issuer: KeygenIssuer;
  data: string | Buffer;
}): Promise<Buffer> {
  const { algorithm, issuer, data } = input;
  const key = inputOf(issuer.privateKeys[KEY_OF_ALGORITHM[algorithm]], algorithm);
  const { digest } = HOW[algorithm];
  const bytes = Buffer.from(data);
  if (KEY_OF_ALGORITHM[algorithm] !== 'rsa') return sign(digest, bytes, key);
  return new Promise((resolve, reject) => {
    sign(digest, bytes, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

/** Verifies the issuer's signature, on the thread pool. */
export function verifyBytes(input: {
  algorithm: SignatureAlgorithm;
  verifier: KeygenVerifier;
  data: string | Buffer;
  signature: Buffer;
}): Promise<boolean> {
  const { algorithm, verifier, data, signature } = input;
  const key = inputOf(verifier.publicKeys[KEY_OF_ALGORITHM[algorithm]], algorithm);
  return new Promise((resolve, reject) => {
    verify(HOW[algorithm].digest, Buffer.from(data), key, signature, (error, good) => (error ? reject(error) : resolve(good)));
  });
}
