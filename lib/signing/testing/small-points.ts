import { createPublicKey, verify } from 'node:crypto';

/** 2^255 - 19. */
const P = 2n ** 255n - 19n;

/** A number as 32 bytes, little-endian, base64url: how keys of OKP write their coordinate. */
export function okpCoordinate(number: bigint): string {
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse().toString('base64url');
}

/** All ways to write coordinates: with the highest bit set or not, and 0 and 1 also with the modulus added. */
function everyEncoding(reduced: readonly bigint[]): string[] {
  const alsoAs = [P, P + 1n];
  return [...reduced, ...alsoAs].flatMap((number) => [number, number + 2n ** 255n]).map(okpCoordinate);
}

const ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;

/** The eight points of small order of Ed25519, as keys write them. */
export const SMALL_ED25519 = [
  ...[1n, P - 1n],
  ...[0n, ORDER_8, P - ORDER_8].flatMap((number) => [number, number + 2n ** 255n]),
].map(okpCoordinate);

/** The same eight, in all fourteen ways to write them. */
export const EVERY_SMALL_ED25519 = everyEncoding([0n, 1n, P - 1n, ORDER_8, P - ORDER_8]);

/** The points of small order of X25519 and its twist, in all ways to write them. */
export const EVERY_SMALL_X25519 = everyEncoding([
  0n,
  1n,
  P - 1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
]);

/**
 * Makes a signature that holds under an Ed25519 key of small order without any private half: S is 0, and R the negative of the key
 * times the hash of this text. Null where the text has none; half of all texts have one.
 */
export function signWithoutKey(text: string, x: string): string | null {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signatures = SMALL_ED25519.map((r) => Buffer.concat([Buffer.from(r, 'base64url'), Buffer.alloc(32)]));
  return signatures.find((signature) => verify(null, Buffer.from(text), key, signature))?.toString('base64url') ?? null;
}
