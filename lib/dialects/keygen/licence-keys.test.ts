import { describe, expect, test } from 'vitest';
import { DialectError } from '../dialect';
import { openLicenceKey } from './open-licence-key';
import { KEY_OF_ALGORITHM, SIGNED_SCHEMES } from './scheme';
import { makeKey } from './testing/bad-keys';
import { bitsOf, flipBit } from './testing/flip-bits';
import { isGoodSignature, recoverBlock } from './testing/openssl';
import type { GoodText, ProofVector } from './testing/read-vectors';
import { issuersOf, readVectorKeys, readVectors } from './testing/read-vectors';
import { LICENCE } from './testing/samples';

const keys = readVectorKeys();
const issuers = issuersOf(keys);
const { issuer, retired } = keys;
const licenceKeys = readVectors<{ good: GoodText[] }>('licence-keys').good as readonly (GoodText & {
  readonly opened: { readonly scheme: string | null; readonly dataset: string | null };
})[];
/** The public key that a vector's key was signed with: those of before a rotation say so in their name. */
function pemsFor(name: string) {
  return (name.includes('before') ? retired : issuer).publicPems;
}

function isSigned(scheme: string | null): scheme is keyof typeof SIGNED_SCHEMES {
  return scheme !== null && Object.hasOwn(SIGNED_SCHEMES, scheme);
}

describe('licence keys', () => {
  test.each(licenceKeys.map((key) => [key.name, key] as const))('%s: opens, by our own reader', async (_, { text, opened }) => {
    expect(await openLicenceKey(text, issuers)).toEqual(opened);
  });

  const signed = licenceKeys.filter(({ opened }) => isSigned(opened.scheme));
  test.each(signed.map((key) => [key.name, key] as const))(
    '%s: its signature is good, says openssl',
    (name, { text, opened }) => {
      if (!isSigned(opened.scheme)) throw new Error('expected a scheme that signs');
      const { algorithm, prefix } = SIGNED_SCHEMES[opened.scheme];
      const [first = '', second = ''] = text.split('.');
      const dataset = Buffer.from(first.slice(prefix.length), 'base64url');
      expect(dataset.toString('utf8')).toBe(opened.dataset);
      const data = prefix === '' ? dataset : first;
      const check = {
        algorithm,
        publicPem: pemsFor(name)[KEY_OF_ALGORITHM[algorithm]],
        data,
        signature: Buffer.from(second, 'base64url'),
      };
      expect(isGoodSignature(check)).toBe(true);
      expect(isGoodSignature({ ...check, data: Buffer.from(data).with(9, 0) })).toBe(false);
    },
  );

  const encrypted = licenceKeys.filter(({ opened }) => opened.scheme === 'RSA_2048_PKCS1_ENCRYPT');
  test.each(encrypted.map((key) => [key.name, key] as const))('%s: openssl recovers what it says', (name, { text, opened }) => {
    expect(text).toMatch(/^[A-Za-z0-9_-]{342}==$/);
    expect(recoverBlock(pemsFor(name).rsa, Buffer.from(text, 'base64url'))?.toString('utf8')).toBe(opened.dataset);
  });

  const jwts = licenceKeys.filter(({ opened }) => opened.scheme === 'RSA_2048_JWT_RS256');
  test.each(jwts.map((key) => [key.name, key] as const))('%s: openssl verifies it', (name, { text }) => {
    const [header = '', claims = '', last = ''] = text.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ alg: 'RS256' });
    const check = { algorithm: 'rsa-sha256' as const, data: `${header}.${claims}`, signature: Buffer.from(last, 'base64url') };
    expect(isGoodSignature({ ...check, publicPem: pemsFor(name).rsa })).toBe(true);
  });

  const verifiable = licenceKeys.filter(({ name, opened }) => opened.scheme === name);
  test.each(verifiable.map(({ name, text }) => [name, text] as const))('%s: refused with any bit flipped', async (_, text) => {
    const openings = [...bitsOf(text)].map((bit) => openLicenceKey(flipBit(text, bit), issuers));
    const outcomes = await Promise.allSettled(openings);
    const good = outcomes.filter(
      ({ status, ...rest }) => status === 'fulfilled' || !('reason' in rest && rest.reason instanceof DialectError),
    );
    expect(good).toEqual([]);
  });

  test('keep their padding, and say in the default dataset what clients look for', async () => {
    const key = await makeKey({ keys, scheme: 'ED25519_SIGN' });
    const [dataset = '', signature = ''] = key.slice('key/'.length).split('.');
    expect([dataset.length % 4, signature.length % 4, signature.slice(-2)]).toEqual([0, 0, '==']);
    expect(JSON.parse(Buffer.from(dataset, 'base64url').toString('utf8'))).toEqual({
      account: { id: keys.account },
      product: { id: LICENCE.productId },
      policy: { id: LICENCE.policyId, duration: 31_536_000 },
      user: { id: LICENCE.user?.id, email: LICENCE.user?.email },
      license: { id: LICENCE.id, created: '2026-01-02T03:04:05.000Z', expiry: '2027-01-02T03:04:05.000Z' },
    });
  });

  test.each([
    ['RSA_2048_PKCS1_ENCRYPT', 'x'.repeat(246), 'keygen-dataset-too-long'],
    ['RSA_2048_JWT_RS256', 'no object', 'keygen-dataset-refused'],
    ['RSA_2048_JWT_RS256', '[]', 'keygen-dataset-refused'],
    ['ED25519_SIGN', '', 'keygen-dataset-refused'],
    ['ED25519_SIGN', '{{seats}}', 'keygen-template-refused'],
  ] as const)('%s of the template %j cannot be made: %s', async (scheme, text, code) => {
    await expect(makeKey({ keys, scheme, content: { kind: 'template', text } })).rejects.toMatchObject({ rejection: { code } });
  });

  test('of the encrypting scheme hold 245 bytes, and plain ones are never the same', async () => {
    const content = { kind: 'template', text: 'x'.repeat(245) } as const;
    const key = await makeKey({ keys, scheme: 'RSA_2048_PKCS1_ENCRYPT', content });
    expect(recoverBlock(issuer.publicPems.rsa, Buffer.from(key, 'base64url'))?.toString()).toBe(content.text);
    expect(await makeKey({ keys, scheme: null })).not.toBe(await makeKey({ keys, scheme: null }));
  });
});

test.each(readVectors<{ vectors: ProofVector[] }>('proofs').vectors.map((each) => [each.name, each] as const))(
  'an activation proof, %s: openssl verifies it with the RSA key',
  (_, { proof, dataset }) => {
    const [data = '', last = ''] = proof.split('.');
    expect(Buffer.from(data.slice('proof/'.length), 'base64url').toString('utf8')).toBe(dataset);
    const check = {
      algorithm: 'rsa-sha256' as const,
      publicPem: issuer.publicPems.rsa,
      signature: Buffer.from(last, 'base64url'),
    };
    expect(isGoodSignature({ ...check, data })).toBe(true);
    expect(isGoodSignature({ ...check, data: flipBit(data, 60) })).toBe(false);
  },
);
