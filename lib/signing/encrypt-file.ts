import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** First bytes of an encrypted file. The layout: mark, nonce, ciphertext, tag (AES-256-GCM). */
const MARK = Buffer.from('AGF1', 'latin1');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const ADDED_BYTES = MARK.byteLength + NONCE_BYTES + TAG_BYTES;

/** An encrypted file that does not decrypt: another key, or changed bytes. A fault of the installation, never of a file. */
export class FileDecryptionError extends Error {
  constructor(found: string, options?: ErrorOptions) {
    super(`cannot decrypt a stored file: expected one encrypted under the key of this installation, found ${found}`, options);
    this.name = 'FileDecryptionError';
  }
}

/**
 * Encrypts a file for storage, under a new nonce each time. Every file is encrypted, because those of some dialects carry keys and passwords in
 * clear.
 *
 * @param key 32 secret bytes of the installation
 */
export function encryptFile(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  return Buffer.concat([MARK, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Checks whether stored bytes are an encrypted file. No file that was stored before files were encrypted begins with the mark. */
export function isEncryptedFile(stored: Uint8Array): boolean {
  return stored.byteLength >= ADDED_BYTES && MARK.equals(stored.subarray(0, MARK.byteLength));
}

/** Decrypts a file that {@link encryptFile} encrypted. @throws FileDecryptionError */
export function decryptFile(encrypted: Uint8Array, key: Uint8Array): Uint8Array {
  if (!isEncryptedFile(encrypted)) throw new FileDecryptionError('one that is not encrypted');
  const bytes = Buffer.from(encrypted.buffer, encrypted.byteOffset, encrypted.byteLength);
  const [nonceAt, tagAt] = [MARK.byteLength, bytes.byteLength - TAG_BYTES];
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, nonceAt + NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(tagAt));
    return Buffer.concat([decipher.update(bytes.subarray(nonceAt + NONCE_BYTES, tagAt)), decipher.final()]);
  } catch (cause) {
    throw new FileDecryptionError('another key or changed bytes', { cause });
  }
}
