import type { RSAKeyPairOptions } from 'node:crypto';
import { createHash, createPublicKey, generateKeyPair } from 'node:crypto';

/** An RSA key pair as PEM, for formats that ask for one. */
export interface RsaKeyPair {
  /** Base64url SHA-256 of the public half (SPKI, DER). */
  readonly kid: string;
  /** SPKI. */
  readonly publicPem: string;
  /** PKCS#8. For {@link ./master-key.ts} at once; never logged or sent. */
  readonly privatePem: string;
}

/** Makes an RSA key pair. It takes seconds, on the thread pool. */
export function generateRsaKeyPair(modulusLength: number): Promise<RsaKeyPair> {
  const options: RSAKeyPairOptions<'pem', 'pem'> = {
    modulusLength,
    publicExponent: 65_537,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  };
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', options, (error, publicPem, privatePem) => {
      if (error !== null) return reject(error);
      const spki = createPublicKey(publicPem).export({ type: 'spki', format: 'der' });
      resolve({ kid: createHash('sha256').update(spki).digest('base64url'), publicPem, privatePem });
    });
  });
}
