import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** `A256GCM` (RFC 7518 section 5.3). */
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What AES-GCM makes of a text. */
export interface EncryptedContent {
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** Encrypts under a key of 32 bytes that encrypts nothing else, and authenticates further bytes with it. */
export function encryptContent(content: Uint8Array, { key, header }: { key: Uint8Array; header: Uint8Array }): EncryptedContent {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(header);
  return { iv, ciphertext: Buffer.concat([cipher.update(content), cipher.final()]), tag: cipher.getAuthTag() };
}

/** @throws Error when the content or its header is not what was encrypted, or iv or tag are of another length */
export function decryptContent(
  { iv, ciphertext, tag }: EncryptedContent,
  { key, header }: { key: Uint8Array; header: Uint8Array },
): Buffer {
  if (iv.byteLength !== IV_BYTES) throw new TypeError(`expected an iv of ${IV_BYTES} bytes, found ${iv.byteLength}`);
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(header).setAuthTag(tag);
  // The content counts only once `final` has compared the tag.
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
