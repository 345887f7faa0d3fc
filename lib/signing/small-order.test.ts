import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { isOfSmallOrder } from './small-order';

const P = 2n ** 255n - 19n;
const { privateKey } = generateKeyPairSync('x25519');

function encode(coordinate: bigint): string {
  const hex = coordinate.toString(16).padStart(64, '0');
  return Buffer.from(hex, 'hex').reverse().toString('base64url');
}

/** Whether OpenSSL, too, finds that nothing can be agreed with this key. */
function agreesOnNothing(x: string): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
    return diffieHellman({ privateKey, publicKey }).every((byte) => byte === 0);
  } catch {
    return true;
  }
}

const order8 = [
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
];
const reduced = [0n, 1n, P - 1n, ...order8];
const everyEncoding = [...reduced, P, P + 1n].flatMap((coordinate) => [coordinate, coordinate + 2n ** 255n]);

test.each(everyEncoding.map(encode))('%s is of small order, and OpenSSL agrees on nothing with it', (x) => {
  expect(isOfSmallOrder(x)).toBe(true);
  expect(agreesOnNothing(x)).toBe(true);
});

test('no other small coordinate, and none beside those, is of small order', () => {
  const beside = [2n, 9n, P - 2n, P + 2n, 2n ** 255n - 1n, ...order8.flatMap((coordinate) => [coordinate - 1n, coordinate + 1n])];
  expect(beside.map(encode).filter((x) => isOfSmallOrder(x) || agreesOnNothing(x))).toEqual([]);
});
