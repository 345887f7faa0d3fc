import { expect, test } from 'vitest';
import { decryptFile, encryptFile, FileDecryptionError, isEncryptedFile } from './encrypt-file';

const key = new Uint8Array(32).fill(1);
const file = new TextEncoder().encode('the file as it came');

test('a file is decrypted as it was, and encrypted differently every time', () => {
  const encrypted = encryptFile(file, key);
  expect(isEncryptedFile(encrypted)).toBe(true);
  expect(Buffer.from(decryptFile(encrypted, key)).toString()).toBe('the file as it came');
  expect(encryptFile(file, key)).not.toEqual(encrypted);
  expect(decryptFile(encryptFile(new Uint8Array(), key), key).byteLength).toBe(0);
});

test('a file decrypts under no other key, and not when any byte is changed', () => {
  const encrypted = encryptFile(file, key);
  expect(() => decryptFile(encrypted, new Uint8Array(32))).toThrow(FileDecryptionError);
  for (const index of encrypted.keys()) {
    const changed = Uint8Array.from(encrypted).with(index, (encrypted[index] ?? 0) ^ 1);
    expect(() => decryptFile(changed, key)).toThrow(FileDecryptionError);
  }
});
