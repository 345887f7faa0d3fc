import { createPublicKey } from 'node:crypto';
import type { IssuerRow } from '@/db/keygen-issuers';

/** The public keys of an issuer in every form that Keygen clients hold, and the account they belong to. */
export interface KeygenPublicKeys {
  /** 64 hexadecimal digits. */
  readonly ed25519Hex: string;
  /** SPKI in DER, base64. */
  readonly ed25519DerB64: string;
  /** SPKI in PEM. */
  readonly rsaPem: string;
  /** The PEM of the RSA key once more in base64. */
  readonly rsaPemB64: string;
  /** SPKI in PEM. */
  readonly ecPem: string;
  readonly account: string;
}

/** Writes the public keys in every form (docs/formats/keygen.md, keys). */
export function publicKeysOf(issuer: Pick<IssuerRow, 'account' | 'ed25519Public' | 'rsaPublic' | 'ecPublic'>): KeygenPublicKeys {
  const ed25519 = createPublicKey(issuer.ed25519Public).export({ type: 'spki', format: 'der' });
  return {
    // The raw key is the last 32 bytes of its SPKI (RFC 8410, section 4).
    ed25519Hex: ed25519.subarray(-32).toString('hex'),
    ed25519DerB64: ed25519.toString('base64'),
    rsaPem: issuer.rsaPublic,
    rsaPemB64: Buffer.from(issuer.rsaPublic).toString('base64'),
    ecPem: issuer.ecPublic,
    account: issuer.account,
  };
}
