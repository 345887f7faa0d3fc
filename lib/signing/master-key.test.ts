import { expect, test } from 'vitest';
import { generateSigningKeyPair } from './key-pair';
import { localMasterKey, readMasterSecret, SecretDecryptionError, unwrapPrivateJwk, wrapPrivateJwk } from './master-key';

const masterKey = localMasterKey(new Uint8Array(32).fill(7));

test('an encrypted private key decrypts in its own place only', async () => {
  const { kid, privateJwk } = await generateSigningKeyPair();
  const place = { purpose: 'signing-key', kid };
  const encrypted = await wrapPrivateJwk(masterKey, privateJwk, place);
  expect(encrypted).not.toContain(privateJwk.d);
  expect(await unwrapPrivateJwk(masterKey, encrypted, place)).toEqual(privateJwk);
  await expect(unwrapPrivateJwk(masterKey, encrypted, { ...place, kid: 'another' })).rejects.toThrow(SecretDecryptionError);
  await expect(unwrapPrivateJwk(masterKey, encrypted, { ...place, purpose: 'root-key' })).rejects.toThrow(SecretDecryptionError);
});

test('another master key, or a changed text, opens nothing', async () => {
  const place = { purpose: 'exchange-key', kid: 'k' };
  const encrypted = await masterKey.wrap(new Uint8Array([1, 2, 3]), place);
  await expect(localMasterKey(new Uint8Array(32)).unwrap(encrypted, place)).rejects.toThrow(SecretDecryptionError);
  await expect(masterKey.unwrap(`${encrypted.slice(0, -4)}AAAA`, place)).rejects.toThrow(SecretDecryptionError);
  await expect(masterKey.unwrap('', place)).rejects.toThrow(SecretDecryptionError);
});

test('a master secret is 32 bytes in base64, base64url or hexadecimal', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
  const buffer = Buffer.from(bytes);
  for (const encoding of ['base64', 'base64url', 'hex'] as const)
    expect(readMasterSecret(` ${buffer.toString(encoding)}\n`)).toEqual(bytes);
  for (const text of ['', 'password', buffer.toString('hex').slice(2)]) expect(() => readMasterSecret(text)).toThrow(RangeError);
  expect(() => localMasterKey(new Uint8Array(16))).toThrow('expected a master key of 32 bytes, found 16');
});

test('derives the same bytes for a purpose every time, others for another purpose, and others from another key', async () => {
  const bytes = await masterKey.derive('sign-in');
  expect(bytes).toHaveLength(32);
  expect(await localMasterKey(new Uint8Array(32).fill(7)).derive('sign-in')).toEqual(bytes);
  expect(await masterKey.derive('something else')).not.toEqual(bytes);
  expect(await localMasterKey(new Uint8Array(32).fill(8)).derive('sign-in')).not.toEqual(bytes);
});
