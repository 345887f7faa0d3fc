import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isOfSmallOrder, isReduced, publicHalf } from './jwk';
import { readJws, verifyJws } from './jws';
import { canAgree } from './key-pair';
import {
  EVERY_SMALL_ED25519,
  EVERY_SMALL_X25519,
  okpCoordinate as encode,
  SMALL_ED25519,
  signWithoutKey,
} from './testing/small-points';
import { TokenError } from './token-error';

const P = 2n ** 255n - 19n;
const SIGN = 2n ** 255n;

describe('X25519', () => {
  const { privateKey } = generateKeyPairSync('x25519');

  /** Whether OpenSSL, too, finds that nothing can be agreed with this key. */
  function agreesOnNothing(x: string): boolean {
    try {
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
      return diffieHellman({ privateKey, publicKey }).every((byte) => byte === 0);
    } catch {
      return true;
    }
  }

  test.each(EVERY_SMALL_X25519)('%s is of small order, and OpenSSL agrees on nothing with it', (x) => {
    expect(isOfSmallOrder(x)).toBe(true);
    expect(agreesOnNothing(x)).toBe(true);
    expect(canAgree({ kty: 'OKP', crv: 'X25519', x })).toBe(false);
  });

  test('no other small coordinate, and none beside those, is of small order', () => {
    const order8 = [
      325606250916557431795983626356110631294008115727848805560023387167927233504n,
      39382357235489614581723060781553021112529911719440698176882885853963445705823n,
    ];
    const beside = [
      2n,
      9n,
      P - 2n,
      P + 2n,
      2n ** 255n - 1n,
      ...order8.flatMap((coordinate) => [coordinate - 1n, coordinate + 1n]),
    ];
    expect(beside.map(encode).filter((x) => isOfSmallOrder(x) || agreesOnNothing(x))).toEqual([]);
  });
});

describe('Ed25519', () => {
  /** A token that nobody signed, with a signature that holds under this key; of a few texts one can be given one. */
  function tokenWithoutKey(x: string): string {
    for (let n = 0; n < 200; n += 1) {
      const text = [{ alg: 'Ed25519', typ: 't' }, { n }]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const signature = signWithoutKey(text, x);
      if (signature !== null) return `${text}.${signature}`;
    }
    throw new Error('expected a text that can be signed without a key');
  }

  test('the eight points are different ones, and all fourteen ways to write them are told from each other', () => {
    expect(new Set(SMALL_ED25519).size).toBe(8);
    expect(new Set(EVERY_SMALL_ED25519).size).toBe(14);
    expect(SMALL_ED25519.filter((x) => !EVERY_SMALL_ED25519.includes(x))).toEqual([]);
  });

  test.each(EVERY_SMALL_ED25519)('under %s OpenSSL verifies what nobody signed, and we do not', (x) => {
    const jws = readJws(tokenWithoutKey(x));
    expect(isOfSmallOrder(x, 'Ed25519')).toBe(true);
    expect(() => verifyJws(jws, { kty: 'OKP', crv: 'Ed25519', x })).toThrow();
  });

  test.each(SMALL_ED25519)('a signature under %s is not authentic, not a fault', (x) => {
    expect(() => verifyJws(readJws(tokenWithoutKey(x)), { kty: 'OKP', crv: 'Ed25519', x })).toThrow(TokenError);
  });

  test('keys that were made, and coordinates beside those, are of no small order', () => {
    const made = Array.from({ length: 50 }, () => {
      const { publicKey } = generateKeyPairSync('ed25519');
      return publicKey.export({ format: 'jwk' }).x ?? '';
    });
    const beside = [2n, 3n, P - 2n, P + 2n].flatMap((number) => [number, number + SIGN]).map(encode);
    expect([...made, ...beside].filter((x) => isOfSmallOrder(x, 'Ed25519'))).toEqual([]);
    expect(made.every((x) => isReduced(x, 'Ed25519'))).toBe(true);
  });
});

test.each([
  ['Ed25519', P, true],
  ['Ed25519', P + 18n, true],
  ['Ed25519', P + 5n + SIGN, true],
  ['Ed25519', P - 1n - 1n + SIGN, false],
  ['Ed25519', 9n, false],
  ['X25519', P, true],
  ['X25519', P + 18n, true],
  ['X25519', 9n + SIGN, true],
  ['X25519', 9n, false],
  ['X25519', P - 2n, false],
] as const)('an %s key %s is written in another way than keys are made: %s', (crv, number, isRefused) => {
  expect(publicHalf({ kty: 'OKP', crv, x: encode(number) }) === null).toBe(isRefused);
});
