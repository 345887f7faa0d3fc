import { createCipheriv, hash, randomBytes } from 'node:crypto';
import type { KeygenIssuer } from './issuer';
import type { FileAlgorithm, FileEncoding, SignatureAlgorithm } from './scheme';
import { signBytes } from './sign-bytes';

/** The prefix of the signed content, and the label of the armour. */
const KINDS = {
  license: { label: 'LICENSE FILE', prefix: 'license/' },
  machine: { label: 'MACHINE FILE', prefix: 'machine/' },
} as const;

const NONCE_BYTES = 12;

/** The input of a file. */
export interface FileToWrite {
  readonly kind: keyof typeof KINDS;
  readonly content: object;
  readonly algorithm: FileAlgorithm;
  /** The key material of the encryption: the licence key, followed by the fingerprint for a machine file. */
  readonly secret: string;
  readonly issuer: KeygenIssuer;
}

/** Writes a licence file or machine file (docs/formats/keygen.md, files). */
export async function writeFile({ kind, content, algorithm, secret, issuer }: FileToWrite): Promise<string> {
  const { label, prefix } = KINDS[kind];
  const { encoding, signature } = partsOf(algorithm);
  const enc = encode(JSON.stringify(content), encoding, secret);
  const sig = await signBytes({ algorithm: signature, issuer, data: `${prefix}${enc}` });
  const body = Buffer.from(JSON.stringify({ enc, sig: sig.toString('base64'), alg: algorithm })).toString('base64');
  return [`-----BEGIN ${label}-----`, ...(body.match(/.{1,60}/g) ?? []), `-----END ${label}-----`, ''].join('\n');
}

const PARTS: Readonly<Record<FileAlgorithm, { readonly encoding: FileEncoding; readonly signature: SignatureAlgorithm }>> = {
  'aes-256-gcm+ed25519': { encoding: 'aes-256-gcm', signature: 'ed25519' },
  'aes-256-gcm+rsa-pss-sha256': { encoding: 'aes-256-gcm', signature: 'rsa-pss-sha256' },
  'aes-256-gcm+rsa-sha256': { encoding: 'aes-256-gcm', signature: 'rsa-sha256' },
  'aes-256-gcm+ecdsa-p256': { encoding: 'aes-256-gcm', signature: 'ecdsa-p256' },
  'base64+ed25519': { encoding: 'base64', signature: 'ed25519' },
  'base64+rsa-pss-sha256': { encoding: 'base64', signature: 'rsa-pss-sha256' },
  'base64+rsa-sha256': { encoding: 'base64', signature: 'rsa-sha256' },
  'base64+ecdsa-p256': { encoding: 'base64', signature: 'ecdsa-p256' },
};

function partsOf(algorithm: FileAlgorithm) {
  return PARTS[algorithm];
}

function encode(json: string, encoding: FileEncoding, secret: string): string {
  if (encoding === 'base64') return Buffer.from(json).toString('base64');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', hash('sha256', secret, 'buffer'), nonce);
  const text = Buffer.concat([cipher.update(json, 'utf8'), cipher.final()]);
  return [text, nonce, cipher.getAuthTag()].map((part) => part.toString('base64')).join('.');
}
