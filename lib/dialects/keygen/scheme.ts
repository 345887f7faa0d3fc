import type { KeyKind } from './key-set';

/** How a licence key is signed or encrypted (docs/formats/keygen.md, licence keys). */
export const KEY_SCHEMES = [
  'ED25519_SIGN',
  'RSA_2048_PKCS1_PSS_SIGN_V2',
  'RSA_2048_PKCS1_SIGN_V2',
  'ECDSA_P256_SIGN',
  'RSA_2048_PKCS1_PSS_SIGN',
  'RSA_2048_PKCS1_SIGN',
  'RSA_2048_PKCS1_ENCRYPT',
  'RSA_2048_JWT_RS256',
] as const;
export type KeyScheme = (typeof KEY_SCHEMES)[number];

/** How files and responses are signed. */
export const SIGNATURE_ALGORITHMS = ['ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256'] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** How the content of a file is written. */
export const FILE_ENCODINGS = ['aes-256-gcm', 'base64'] as const;
export type FileEncoding = (typeof FILE_ENCODINGS)[number];

/** Encoding and signature of a file, as its `alg` states them, such as `aes-256-gcm+ed25519`. */
export type FileAlgorithm = `${FileEncoding}+${SignatureAlgorithm}`;

/** Every algorithm of a file. */
export const FILE_ALGORITHMS: readonly FileAlgorithm[] = FILE_ENCODINGS.flatMap((encoding) =>
  SIGNATURE_ALGORITHMS.map((signature) => `${encoding}+${signature}` as const),
);

/** The key that an algorithm signs with. */
export const KEY_OF_ALGORITHM: Readonly<Record<SignatureAlgorithm, KeyKind>> = {
  ed25519: 'ed25519',
  'rsa-pss-sha256': 'rsa',
  'rsa-sha256': 'rsa',
  'ecdsa-p256': 'ecdsa',
};

/** The schemes that sign their dataset: with which algorithm, and whether in the newer form, whose signature covers a prefix. */
export const SIGNED_SCHEMES = {
  ED25519_SIGN: { algorithm: 'ed25519', prefix: 'key/' },
  RSA_2048_PKCS1_PSS_SIGN_V2: { algorithm: 'rsa-pss-sha256', prefix: 'key/' },
  RSA_2048_PKCS1_SIGN_V2: { algorithm: 'rsa-sha256', prefix: 'key/' },
  ECDSA_P256_SIGN: { algorithm: 'ecdsa-p256', prefix: 'key/' },
  RSA_2048_PKCS1_PSS_SIGN: { algorithm: 'rsa-pss-sha256', prefix: '' },
  RSA_2048_PKCS1_SIGN: { algorithm: 'rsa-sha256', prefix: '' },
} as const satisfies Partial<Record<KeyScheme, { readonly algorithm: SignatureAlgorithm; readonly prefix: '' | 'key/' }>>;
