import { createPublicKey } from 'node:crypto';
import type { KeyTexts, KeyTriple } from './key-set';
import { forEachKind, importPrivateKeys, importPublicKeys, keySetId, publicPem } from './key-set';

/** The public keys of an issuer, in use or retired, which verify what it issued. */
export interface KeygenVerifier {
  /** The name of the key set. */
  readonly kid: string;
  readonly publicKeys: KeyTriple;
}

/** Account and private keys in use, which sign licence keys, proofs, files and responses. */
export interface KeygenIssuer extends KeygenVerifier {
  /** The account's id (a UUID): it stays the same when keys are rotated. */
  readonly account: string;
  readonly privateKeys: KeyTriple;
}

/** The account with all its key sets, retired ones included. */
export interface KeygenIssuers {
  readonly account: string;
  /** Every key set that licence keys may be signed by: the one in use first, retired ones after it. Empty until the first is made. */
  verifiers(): Promise<readonly KeygenVerifier[]>;
}

/** The keys that seal answers of this dialect. */
export interface KeygenSealingKeys {
  /** @throws Error when no keys were made, which the operations refuse beforehand */
  keygen(): Promise<KeygenIssuer>;
}

/** The public keys in every form that clients are built with (docs/formats/keygen.md, keys). */
export interface KeygenPublicForms {
  readonly account: string;
  /** 64 hexadecimal digits. */
  readonly ed25519Hex: string;
  /** The DER of the SPKI, base64. */
  readonly ed25519DerB64: string;
  readonly rsaPem: string;
  /** The whole PEM text, encoded again in base64. */
  readonly rsaPemB64: string;
  readonly ecPem: string;
}

/** Imports a key set for signing. Costly: keep the result. @throws Error for keys of another kind */
export function issuerFrom({ account, privatePems }: { account: string; privatePems: KeyTexts }): KeygenIssuer {
  const privateKeys = importPrivateKeys(privatePems);
  const publicKeys = forEachKind((kind) => createPublicKey(privateKeys[kind]));
  return { account, privateKeys, publicKeys, kid: keySetId(publicKeys) };
}

/** Imports the public half of a key set. Costly: keep the result. @throws Error for keys of another kind */
export function verifierFrom(publicPems: KeyTexts): KeygenVerifier {
  const publicKeys = importPublicKeys(publicPems);
  return { kid: keySetId(publicKeys), publicKeys };
}

/** Writes the public keys in every form that clients hold. */
export function publicForms(account: string, verifier: KeygenVerifier): KeygenPublicForms {
  const der = verifier.publicKeys.ed25519.export({ type: 'spki', format: 'der' });
  const rsaPem = publicPem(verifier.publicKeys.rsa);
  return {
    account,
    // The key itself is the last 32 bytes of its SPKI (RFC 8410 section 4).
    ed25519Hex: der.subarray(-32).toString('hex'),
    ed25519DerB64: der.toString('base64'),
    rsaPem,
    rsaPemB64: Buffer.from(rsaPem).toString('base64'),
    ecPem: publicPem(verifier.publicKeys.ecdsa),
  };
}
