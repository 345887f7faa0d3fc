import type { JWK } from 'jose';
import { base64url, CompactEncrypt, CompactSign } from 'jose';
import { expect, test } from 'vitest';
import { certifySigningKey, verifySigningKeyCertificate } from './certificate';
import { decryptJwe, encryptTo, readJwe } from './jwe';
import { readJws, signClaims, signerOf, verifyJws } from './jws';
import { generateExchangeKeyPair, generateSigningKeyPair, importExchangeKey, importSigningKey } from './key-pair';
import { TokenError } from './token-error';

async function refusal(action: () => unknown) {
  try {
    await action();
  } catch (error) {
    if (error instanceof TokenError) return error.rejection;
    throw error;
  }
  return null;
}

const segment = (value: object) => base64url.encode(JSON.stringify(value));

test.each(['Ed25519', 'P-256'] as const)('claims signed with an %s key verify with that key and no other', async (curve) => {
  const pair = await generateSigningKeyPair(curve);
  const jws = readJws(signClaims({ claims: { v: 1 }, header: { typ: 'test+jwt' }, signer: signerOf(pair.privateJwk) }));
  verifyJws(jws, pair.publicJwk);
  const other = await generateSigningKeyPair(curve);
  expect(await refusal(() => verifyJws(jws, other.publicJwk))).toEqual({ code: 'token-not-authentic', facts: {} });
});

test('the algorithm of the header is compared with the key, never obeyed', async () => {
  const [ed, p256] = [await generateSigningKeyPair(), await generateSigningKeyPair('P-256')];
  const jws = readJws(signClaims({ claims: {}, header: { typ: 't' }, signer: signerOf(ed.privateJwk) }));
  expect(await refusal(() => verifyJws(jws, p256.publicJwk))).toEqual({ code: 'token-header-refused', facts: { member: 'alg' } });
});

test.each<[string, object]>([
  ['alg', { alg: 'none', typ: 't' }],
  ['alg', { alg: 'HS256', typ: 't' }],
  ['alg', { alg: 'EdDSA', typ: 't' }],
  ['crit', { alg: 'Ed25519', typ: 't', crit: ['x'], x: 1 }],
  ['jwk', { alg: 'Ed25519', typ: 't', jwk: {} }],
  ['jku', { alg: 'Ed25519', typ: 't', jku: 'https://keys.example' }],
  ['x5u', { alg: 'Ed25519', typ: 't', x5u: 'https://keys.example' }],
  ['b64', { alg: 'Ed25519', typ: 't', b64: false }],
  ['typ', { alg: 'Ed25519' }],
])('a JWS header is refused for its member %s', async (member, header) => {
  expect(await refusal(() => readJws(`${segment(header)}.e30.AA`))).toEqual({ code: 'token-header-refused', facts: { member } });
});

test.each(['X25519', 'P-256'] as const)('what is encrypted to an %s key opens with its private half only', async (curve) => {
  const pair = await generateExchangeKeyPair(curve);
  const jwe = readJwe(encryptTo('a.b.c', pair.publicJwk));
  expect(jwe.header.kid).toBe(pair.kid);
  expect(decryptJwe(jwe, importExchangeKey(pair.privateJwk))).toBe('a.b.c');
  const other = await generateExchangeKeyPair(curve);
  const refused = await refusal(() => decryptJwe(jwe, importExchangeKey(other.privateJwk)));
  expect(refused).toEqual({ code: 'token-not-authentic', facts: {} });
});

test('an ephemeral key of another curve than the reader is refused', async () => {
  const [x25519, p256] = [await generateExchangeKeyPair(), await generateExchangeKeyPair('P-256')];
  const jwe = readJwe(encryptTo('a.b.c', p256.publicJwk));
  const refused = await refusal(() => decryptJwe(jwe, importExchangeKey(x25519.privateJwk)));
  expect(refused).toEqual({ code: 'token-header-refused', facts: { member: 'epk' } });
});

test('an ephemeral key of small order is not authentic', async () => {
  const { publicJwk, privateJwk } = await generateExchangeKeyPair();
  const [first = '', ...rest] = encryptTo('a.b.c', publicJwk).split('.');
  const header: { epk: JWK } = JSON.parse(new TextDecoder().decode(base64url.decode(first)));
  const zero = segment({ ...header, epk: { ...header.epk, x: 'A'.repeat(43) } });
  const refused = await refusal(() => decryptJwe(readJwe([zero, ...rest].join('.')), importExchangeKey(privateJwk)));
  expect(refused?.code).toBe('token-not-authentic');
});

test.each(['zip', 'crit', 'apu', 'jku', 'x5u'])('a JWE header is refused for its member %s', async (member) => {
  const { kid, publicJwk } = await generateExchangeKeyPair();
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'airgate+jwe', cty: 'JWT', kid, epk: publicJwk, [member]: 'x' };
  const jwe = `${segment(header)}..${'A'.repeat(16)}.AAAA.${'A'.repeat(22)}`;
  expect(await refusal(() => readJwe(jwe))).toEqual({ code: 'token-header-refused', facts: { member } });
});

test('only direct key agreement is taken: a wrapped key, or a segment too few, is malformed', async () => {
  const { publicJwk } = await generateExchangeKeyPair();
  const wrapped = await new CompactEncrypt(new Uint8Array([1]))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
    .encrypt(importExchangeKey(publicJwk));
  for (const jwe of [wrapped, 'a.b', '', '....']) expect((await refusal(() => readJwe(jwe)))?.code).toBe('token-malformed');
});

test('a signing key is good under the root of its own vendor, in its time', async () => {
  const [root, signing, otherRoot] = await Promise.all([
    generateSigningKeyPair(),
    generateSigningKeyPair(),
    generateSigningKeyPair(),
  ]);
  const [notBefore, expiresAt] = [new Date('2026-01-01T00:00:00Z'), new Date('2028-01-01T00:00:00Z')];
  const terms = { vendorId: 'acme', publicJwk: signing.publicJwk, notBefore, expiresAt };
  const certificate = certifySigningKey({ rootPrivateJwk: root.privateJwk, ...terms });
  const good = { certificate, rootPublicJwk: root.publicJwk, vendorId: 'acme', at: new Date('2027-01-01T00:00:00Z') };
  expect(verifySigningKeyCertificate(good)).toEqual({
    kid: signing.kid,
    publicJwk: signing.publicJwk,
    notBefore,
    expiresAt,
  });

  const bad = [
    { ...good, rootPublicJwk: otherRoot.publicJwk },
    { ...good, vendorId: 'other' },
    { ...good, at: new Date('2025-12-31T23:59:59Z') },
    { ...good, at: expiresAt },
    { ...good, certificate: '' },
    {
      ...good,
      certificate: signClaims({
        claims: { iss: 'acme' },
        header: { typ: 'signing-key+jwt' },
        signer: signerOf(root.privateJwk),
      }),
    },
  ];
  for (const input of bad)
    expect((await refusal(() => verifySigningKeyCertificate(input)))?.code).toBe('answer-key-not-certified');
});

test('a reply of the root, or any other token it signed, is no certificate', async () => {
  const root = await generateSigningKeyPair();
  const certificate = await new CompactSign(new TextEncoder().encode('{}'))
    .setProtectedHeader({ alg: 'Ed25519', typ: 'refresh+jwt', kid: root.kid })
    .sign(importSigningKey(root.privateJwk));
  const input = { certificate, rootPublicJwk: root.publicJwk, vendorId: 'acme', at: new Date() };
  expect((await refusal(() => verifySigningKeyCertificate(input)))?.code).toBe('answer-key-not-certified');
});
