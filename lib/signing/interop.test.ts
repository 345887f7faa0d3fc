import { CompactEncrypt, CompactSign, compactDecrypt, compactVerify, importJWK } from 'jose';
import { expect, test } from 'vitest';
import { decryptJwe, encryptTo, readJwe } from './jwe';
import { readJws, signClaims, signerOf, verifyJws } from './jws';
import type { KeyPair } from './key-pair';
import { generateExchangeKeyPair, generateSigningKeyPair, importExchangeKey } from './key-pair';
import { TokenError } from './token-error';

const signingCurves = [
  ['Ed25519', 'Ed25519'],
  ['P-256', 'ES256'],
] as const;
const exchangeCurves = ['X25519', 'P-256'] as const;

/** As many tokens as it takes to meet coordinates and halves of signatures that begin with a zero byte now and then. */
const ROUNDS = Array.from({ length: 40 }, (_, round) => 'ä'.repeat(1 + round * 7));

async function encryptWithJose(text: string, pair: KeyPair, parties: { apu?: string; apv?: string } = {}): Promise<string> {
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'airgate+jwe', cty: 'JWT', kid: pair.kid };
  const bytes = (party: string | undefined) => (party === undefined ? undefined : Buffer.from(party));
  const { apu, apv } = { apu: bytes(parties.apu), apv: bytes(parties.apv) };
  return new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader(header)
    .setKeyManagementParameters({ ...(apu && { apu }), ...(apv && { apv }) })
    .encrypt(await importJWK(pair.publicJwk, 'ECDH-ES'));
}

async function refusal(action: () => unknown) {
  try {
    await action();
  } catch (error) {
    if (error instanceof TokenError) return error.rejection;
    throw error;
  }
  return null;
}

test.each(signingCurves)('jose verifies what we sign with an %s key (%s)', async (curve, alg) => {
  const { privateJwk, publicJwk } = await generateSigningKeyPair(curve);
  const key = await importJWK(publicJwk, alg);
  for (const text of ROUNDS) {
    const jws = signClaims({ claims: { text }, header: { typ: 'test+jwt', kid: 'k' }, signer: signerOf(privateJwk) });
    const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: [alg] });
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ text });
    expect(protectedHeader).toEqual({ alg, typ: 'test+jwt', kid: 'k' });
  }
});

test.each(signingCurves)(
  'we verify what jose signs with an %s key (%s), and nothing that was changed since',
  async (curve, alg) => {
    const { privateJwk, publicJwk } = await generateSigningKeyPair(curve);
    const key = await importJWK(privateJwk, alg);
    for (const text of ROUNDS) {
      const compact = await new CompactSign(Buffer.from(text)).setProtectedHeader({ alg, typ: 'test+jwt' }).sign(key);
      // A text of no bytes is no content: claims are at least two braces.
      if (text === '') continue;
      const jws = readJws(compact);
      expect(Buffer.from(jws.payload).toString()).toBe(text);
      verifyJws(jws, publicJwk);
      const otherText = readJws(compact.replace(/\.[^.]+\./, '.e30.'));
      expect(await refusal(() => verifyJws(otherText, publicJwk))).toEqual({ code: 'token-not-authentic', facts: {} });
    }
  },
);

test.each(signingCurves)('a signature with an %s key (%s) is 64 bytes: no other form of it counts', async (curve) => {
  const { privateJwk, publicJwk } = await generateSigningKeyPair(curve);
  const jws = readJws(signClaims({ claims: {}, header: { typ: 't' }, signer: signerOf(privateJwk) }));
  const zero = Buffer.from([0]);
  const { signature } = jws;
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
  const integer = (bytes: Uint8Array) => [2, 33, 0, ...bytes];
  const der = Uint8Array.from([0x30, 70, ...integer(r), ...integer(s)]);
  const others = [
    signature.subarray(1),
    Buffer.concat([signature, zero]),
    Buffer.concat([zero, signature]),
    new Uint8Array(64),
    der,
  ];
  for (const other of others) {
    const refused = await refusal(() => verifyJws({ ...jws, signature: other }, publicJwk));
    expect(refused).toEqual({ code: 'token-not-authentic', facts: {} });
  }
});

test.each(exchangeCurves)('jose decrypts what we encrypt to an %s key', async (curve) => {
  const { privateJwk, publicJwk, kid } = await generateExchangeKeyPair(curve);
  const key = await importJWK(privateJwk, 'ECDH-ES');
  for (const text of ROUNDS) {
    const { plaintext, protectedHeader } = await compactDecrypt(encryptTo(text, publicJwk), key);
    expect(Buffer.from(plaintext).toString()).toBe(text);
    expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid });
    expect(Object.keys(protectedHeader).toSorted()).toEqual(['alg', 'cty', 'enc', 'epk', 'kid', 'typ']);
  }
});

test.each(exchangeCurves)('we decrypt what jose encrypts to an %s key', async (curve) => {
  const pair = await generateExchangeKeyPair(curve);
  const key = importExchangeKey(pair.privateJwk);
  for (const text of ROUNDS) {
    expect(decryptJwe(readJwe(await encryptWithJose(text, pair)), key)).toBe(text);
  }
});

test.each(exchangeCurves)('parties named to jose for an %s key are members that we do not take', async (curve) => {
  const pair = await generateExchangeKeyPair(curve);
  const withParty = (parties: { apu?: string; apv?: string }) => encryptWithJose('a.b.c', pair, parties);
  const [apu, apv] = [await withParty({ apu: 'Alice' }), await withParty({ apv: 'Bob' })];
  expect(await refusal(() => readJwe(apu))).toEqual({ code: 'token-header-refused', facts: { member: 'apu' } });
  expect(await refusal(() => readJwe(apv))).toEqual({ code: 'token-header-refused', facts: { member: 'apv' } });
});

test.each(exchangeCurves)('no bit of what is encrypted to an %s key can change', async (curve) => {
  const { privateJwk, publicJwk } = await generateExchangeKeyPair(curve);
  const key = importExchangeKey(privateJwk);
  const jwe = readJwe(encryptTo('a.b.c', publicJwk));
  const parts = ['iv', 'ciphertext', 'tag'] as const;
  const changed = parts.flatMap((part) =>
    Array.from({ length: jwe[part].byteLength * 8 }, (_, bit) => {
      const bytes = Uint8Array.from(jwe[part]);
      const at = bit >> 3;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
      return { ...jwe, [part]: bytes };
    }),
  );
  const cutTags = [4, 8, 12, 15].map((length) => ({ ...jwe, tag: jwe.tag.subarray(0, length) }));
  const others = [...changed, ...cutTags, { ...jwe, protectedHeader: `${jwe.protectedHeader}A` }];
  const refusals = await Promise.all(others.map(async (other) => (await refusal(() => decryptJwe(other, key)))?.code));
  expect(new Set(refusals)).toEqual(new Set(['token-not-authentic']));
});

test('an ephemeral P-256 key that is no point of the curve is not authentic', async () => {
  const { privateJwk, publicJwk } = await generateExchangeKeyPair('P-256');
  const jwe = readJwe(encryptTo('a.b.c', publicJwk));
  const off = { ...jwe.header.epk, y: Buffer.alloc(32, 1).toString('base64url') };
  const refused = await refusal(() =>
    decryptJwe({ ...jwe, header: { ...jwe.header, epk: off } as typeof jwe.header }, importExchangeKey(privateJwk)),
  );
  expect(refused).toEqual({ code: 'token-not-authentic', facts: {} });
});
