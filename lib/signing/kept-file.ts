import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Files of some dialects carry keys and passwords in clear, so every file is kept sealed: mark, nonce, ciphertext, tag (AES-256-GCM). */
const MARK = Buffer.from('AGF1', 'latin1');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const SEAL_BYTES = MARK.byteLength + NONCE_BYTES + TAG_BYTES;

/** A kept file that does not open: another key, or changed bytes. A fault of the installation, never of a file. */
export class SealedFileError extends Error {
  constructor(found: string, options?: ErrorOptions) {
    super(`cannot open a kept file: expected one sealed under the key of this installation, found ${found}`, options);
    this.name = 'SealedFileError';
  }
}

/** Seals a file for keeping. @param key 32 secret bytes of the installation */
export function sealKeptFile(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  return Buffer.concat([MARK, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Says whether the bytes are a sealed file: none of the ones that were kept before files were sealed begins like one. */
export function isKeptSealed(kept: Uint8Array): boolean {
  return kept.byteLength >= SEAL_BYTES && MARK.equals(kept.subarray(0, MARK.byteLength));
}

/** Opens what {@link sealKeptFile} sealed. @throws SealedFileError */
export function openKeptFile(sealed: Uint8Array, key: Uint8Array): Uint8Array {
  if (!isKeptSealed(sealed)) throw new SealedFileError('one that is not sealed');
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const [nonceAt, tagAt] = [MARK.byteLength, bytes.byteLength - TAG_BYTES];
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, nonceAt + NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(tagAt));
    return Buffer.concat([decipher.update(bytes.subarray(nonceAt + NONCE_BYTES, tagAt)), decipher.final()]);
  } catch (cause) {
    throw new SealedFileError('another key or changed bytes', { cause });
  }
}
