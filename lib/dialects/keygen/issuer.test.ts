import { expect, test } from 'vitest';
import { issuerFrom, publicForms, verifierFrom } from './issuer';
import { generateKeySet } from './key-set';
import { readVectorKeys, readVectors } from './testing/read-vectors';

const keys = readVectorKeys();

test('a fresh key set has keys of the three kinds, and its name follows from the public ones', async () => {
  const made = await generateKeySet();
  const issuer = issuerFrom({ account: keys.account, privatePems: made.privatePems });
  expect(issuer.kid).toBe(made.kid);
  expect(verifierFrom(made.publicPems).kid).toBe(made.kid);
  expect(issuer.publicKeys.rsa.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65_537n });
  expect(issuer.publicKeys.ecdsa.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
  expect((await generateKeySet()).kid).not.toBe(made.kid);
});

test('public keys are written in every form that clients hold', () => {
  const { publicPems } = keys.issuer;
  const forms = publicForms(keys.account, verifierFrom(publicPems));
  expect(forms).toEqual(readVectors('public-keys'));
  expect(forms).toMatchObject({ account: keys.account, rsaPem: publicPems.rsa, ecPem: publicPems.ecdsa });
  expect(forms.ed25519Hex).toMatch(/^[0-9a-f]{64}$/);
  const der = publicPems.ed25519.split('\n').slice(1, -2).join('');
  expect(forms.ed25519DerB64).toBe(der);
  expect(Buffer.from(der, 'base64').toString('hex')).toBe(`302a300506032b6570032100${forms.ed25519Hex}`);
  expect(Buffer.from(forms.rsaPemB64, 'base64').toString()).toBe(publicPems.rsa);
});

test('keys of another kind in a place are a fault', () => {
  const { ed25519, rsa } = keys.issuer.privatePems;
  expect(() => issuerFrom({ account: keys.account, privatePems: { ed25519, rsa, ecdsa: ed25519 } })).toThrow(
    'expected the ecdsa key',
  );
});
