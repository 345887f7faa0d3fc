import { expect, test } from 'vitest';
import { publicHalf, signingAlgorithmOf, thumbprintOf } from './jwk';
import { generateExchangeKeyPair, generateSigningKeyPair } from './key-pair';

test('a signing key is Ed25519 unless P-256 is asked for, and its name is its RFC 7638 thumbprint', async () => {
  const ed = await generateSigningKeyPair();
  const p256 = await generateSigningKeyPair('P-256');
  expect([signingAlgorithmOf(ed.publicJwk), signingAlgorithmOf(p256.publicJwk)]).toEqual(['Ed25519', 'ES256']);
  expect(ed.kid).toBe(thumbprintOf(ed.privateJwk));
  expect(Object.keys(p256.publicJwk)).toEqual(['kty', 'crv', 'x', 'y']);
});

test('the thumbprint is the one of RFC 8037 appendix A.3', async () => {
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
  expect(thumbprintOf({ kty: 'OKP', crv: 'Ed25519', x })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

test('an exchange key cannot be used to sign', async () => {
  const { publicJwk } = await generateExchangeKeyPair();
  expect(() => signingAlgorithmOf(publicJwk)).toThrow(TypeError);
});

test('a public half has no private member, and only canonical coordinates of 32 bytes', async () => {
  const { privateJwk, publicJwk } = await generateExchangeKeyPair('P-256');
  expect(publicHalf({ ...privateJwk, use: 'enc' })).toEqual(publicJwk);
  expect(publicHalf({ kty: 'OKP', crv: 'Ed25519', x: 'AA' })).toBeNull();
  expect(publicHalf({ kty: 'OKP', crv: 'Ed25519', x: `${'A'.repeat(42)}B` })).toBeNull();
  expect(publicHalf({ kty: 'RSA', n: 'AQAB', e: 'AQAB' })).toBeNull();
});
