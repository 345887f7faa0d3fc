import type { JWK } from 'jose';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { deriveSecret } from './derive-secret';

/** Where an encrypted secret belongs. A secret encrypted for one place does not decrypt in another. */
export interface SecretPlace {
  /** What the secret is for, such as `signing-key`. */
  readonly purpose: string;
  /** Name of the very row it belongs to: a key's thumbprint, or the id of the vendor. */
  readonly kid: string;
}

/** Encrypts the secrets of the database. The local one holds its key in memory; a key management service can implement the same interface. */
export interface MasterKey {
  wrap(secret: Uint8Array, place: SecretPlace): Promise<string>;
  /** @throws SecretDecryptionError when the text was encrypted under another master key or for another place, or was changed */
  unwrap(encrypted: string, place: SecretPlace): Promise<Uint8Array>;
  /** 32 bytes for one purpose, the same every time, from which neither the master key nor those for another purpose can be computed. */
  derive(purpose: string): Promise<Uint8Array>;
}

/** An encrypted secret that does not decrypt: wrong master key, wrong row, or changed text. A fault of the installation, never of a file. */
export class SecretDecryptionError extends Error {
  constructor(place: SecretPlace, options?: ErrorOptions) {
    super(
      `cannot decrypt the secret for ${place.purpose} ${place.kid}: expected one encrypted under this master key for this place`,
      options,
    );
    this.name = 'SecretDecryptionError';
  }
}

/**
 * Makes a master key from 32 secret bytes. Encrypted texts are compact JWEs (`dir`, `A256GCM`); the place is in the protected header.
 *
 * @throws RangeError when the secret is not 32 bytes
 */
export function localMasterKey(secret: Uint8Array): MasterKey {
  if (secret.byteLength !== 32) throw new RangeError(`expected a master key of 32 bytes, found ${secret.byteLength}`);
  const key = deriveSecret(secret, 'sealing');
  return {
    derive: (purpose) => deriveSecret(secret, purpose),
    async wrap(plain, { purpose, kid }) {
      return new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, purpose }).encrypt(await key);
    },
    async unwrap(encrypted, place) {
      const decrypted = await compactDecrypt(encrypted, await key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      }).catch((cause: unknown) => {
        throw new SecretDecryptionError(place, { cause });
      });
      const { kid, purpose } = decrypted.protectedHeader;
      if (kid !== place.kid || purpose !== place.purpose) throw new SecretDecryptionError(place);
      return decrypted.plaintext;
    },
  };
}

/** Encrypts the private half of a key pair. */
export function wrapPrivateJwk(masterKey: MasterKey, privateJwk: JWK, place: SecretPlace): Promise<string> {
  return masterKey.wrap(new TextEncoder().encode(JSON.stringify(privateJwk)), place);
}

/** Decrypts a private key that {@link wrapPrivateJwk} encrypted. @throws SecretDecryptionError */
export async function unwrapPrivateJwk(masterKey: MasterKey, encrypted: string, place: SecretPlace): Promise<JWK> {
  const plain = await masterKey.unwrap(encrypted, place);
  const jwk: unknown = JSON.parse(new TextDecoder().decode(plain));
  if (!isPrivateJwk(jwk)) throw new SecretDecryptionError(place);
  return jwk;
}

function isPrivateJwk(value: unknown): value is JWK {
  return typeof value === 'object' && value !== null && 'kty' in value && 'd' in value;
}

/** Parses the 32 secret bytes of an environment variable: base64, base64url or hexadecimal. @throws RangeError for anything else */
export function readMasterSecret(text: string): Uint8Array {
  const trimmed = text.trim();
  const isHex = /^[0-9a-fA-F]{64}$/.test(trimmed);
  const bytes = Uint8Array.from(Buffer.from(trimmed, isHex ? 'hex' : 'base64'));
  const isWritten = isHex || /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed);
  if (!isWritten || bytes.byteLength !== 32) throw new RangeError('expected a master key of 32 bytes as base64 or hexadecimal');
  return bytes;
}
