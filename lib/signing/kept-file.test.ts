import { expect, test } from 'vitest';
import { isKeptSealed, openKeptFile, SealedFileError, sealKeptFile } from './kept-file';

const key = new Uint8Array(32).fill(1);
const file = new TextEncoder().encode('the file as it came');

test('a kept file comes out as it went in, sealed differently every time', () => {
  const sealed = sealKeptFile(file, key);
  expect(isKeptSealed(sealed)).toBe(true);
  expect(Buffer.from(openKeptFile(sealed, key)).toString()).toBe('the file as it came');
  expect(sealKeptFile(file, key)).not.toEqual(sealed);
  expect(openKeptFile(sealKeptFile(new Uint8Array(), key), key).byteLength).toBe(0);
});

test('a kept file opens under no other key, and not when any byte is another', () => {
  const sealed = sealKeptFile(file, key);
  expect(() => openKeptFile(sealed, new Uint8Array(32))).toThrow(SealedFileError);
  for (const index of sealed.keys()) {
    const changed = Uint8Array.from(sealed).with(index, (sealed[index] ?? 0) ^ 1);
    expect(() => openKeptFile(changed, key)).toThrow(SealedFileError);
  }
});
