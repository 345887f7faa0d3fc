import type { JWK } from 'jose';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { deriveSecret } from './derive-secret';

/** Where a sealed secret belongs. A secret sealed for one place does not open in another. */
export interface SealedPlace {
  /** What the secret is for, such as `signing-key`. */
  readonly purpose: string;
  /** Name of the very row it belongs to: a key's thumbprint, or the id of the vendor. */
  readonly kid: string;
}

/** Keeps secrets at rest. The local one holds its key in memory; a key management service can stand behind the same interface. */
export interface MasterKey {
  wrap(secret: Uint8Array, place: SealedPlace): Promise<string>;
  /** @throws SealedSecretError when the text was sealed under another master key or for another place, or was changed */
  unwrap(sealed: string, place: SealedPlace): Promise<Uint8Array>;
  /** 32 bytes for one purpose, the same every time, from which neither the master key nor those for another purpose can be found. */
  derive(purpose: string): Promise<Uint8Array>;
}

/** A sealed secret that does not open: wrong master key, wrong row, or changed text. A fault of the installation, never of a file. */
export class SealedSecretError extends Error {
  constructor(place: SealedPlace, options?: ErrorOptions) {
    super(
      `cannot open the sealed secret for ${place.purpose} ${place.kid}: expected one sealed under this master key for this place`,
      options,
    );
    this.name = 'SealedSecretError';
  }
}

/**
 * A master key from 32 secret bytes. Sealed texts are compact JWEs (`dir`, `A256GCM`); the place is in the protected header.
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
    async unwrap(sealed, place) {
      const opened = await compactDecrypt(sealed, await key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      }).catch((cause: unknown) => {
        throw new SealedSecretError(place, { cause });
      });
      const { kid, purpose } = opened.protectedHeader;
      if (kid !== place.kid || purpose !== place.purpose) throw new SealedSecretError(place);
      return opened.plaintext;
    },
  };
}

/** Seals the private half of a key pair. */
export function wrapPrivateJwk(masterKey: MasterKey, privateJwk: JWK, place: SealedPlace): Promise<string> {
  return masterKey.wrap(new TextEncoder().encode(JSON.stringify(privateJwk)), place);
}

/** Opens what {@link wrapPrivateJwk} sealed. @throws SealedSecretError */
export async function unwrapPrivateJwk(masterKey: MasterKey, sealed: string, place: SealedPlace): Promise<JWK> {
  const plain = await masterKey.unwrap(sealed, place);
  const jwk: unknown = JSON.parse(new TextDecoder().decode(plain));
  if (!isPrivateJwk(jwk)) throw new SealedSecretError(place);
  return jwk;
}

function isPrivateJwk(value: unknown): value is JWK {
  return typeof value === 'object' && value !== null && 'kty' in value && 'd' in value;
}

/** Reads 32 secret bytes as they stand in the environment: base64, base64url or hexadecimal. @throws RangeError for anything else */
export function readMasterSecret(text: string): Uint8Array {
  const trimmed = text.trim();
  const isHex = /^[0-9a-fA-F]{64}$/.test(trimmed);
  const bytes = Uint8Array.from(Buffer.from(trimmed, isHex ? 'hex' : 'base64'));
  const isWritten = isHex || /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed);
  if (!isWritten || bytes.byteLength !== 32) throw new RangeError('expected a master key of 32 bytes as base64 or hexadecimal');
  return bytes;
}
