/** 2^255 - 19: coordinates count modulo this (RFC 7748 section 4.1, RFC 8032 section 5.1). */
const P = 2n ** 255n - 19n;

/** All bits of a key but the highest, which is no part of its coordinate: ignored by X25519, the sign of the other coordinate in Ed25519. */
const COORDINATE = 2n ** 255n - 1n;

/** The curves whose keys are one coordinate each. */
export type OkpCurve = 'Ed25519' | 'X25519';

/**
 * The coordinates of the points of order 1, 2, 4 and 8, reduced; the two long ones of each curve are those of order 8. With such an X25519
 * key every agreement comes to zero. Under such an Ed25519 key signatures can be made without a private half, so they prove nothing.
 */
const SMALL: Readonly<Record<OkpCurve, ReadonlySet<bigint>>> = {
  X25519: new Set([
    0n,
    1n,
    P - 1n,
    325606250916557431795983626356110631294008115727848805560023387167927233504n,
    39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  ]),
  Ed25519: new Set([
    0n,
    1n,
    P - 1n,
    2707385501144840649318225287225658788936804267575313519463743609750303402022n,
    P - 2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  ]),
};

/** The number that 32 bytes (base64url, little-endian) stand for. */
function numberOf(x: string): bigint {
  return BigInt(`0x${Buffer.from(x, 'base64url').reverse().toString('hex')}`);
}

/** Says whether a public key (32 bytes, base64url, little-endian) is a point of small order, in any of its encodings. */
export function isOfSmallOrder(x: string, on: OkpCurve = 'X25519'): boolean {
  return SMALL[on].has((numberOf(x) & COORDINATE) % P);
}

/**
 * Says whether a public key is written in the one way in which keys are made: its coordinate below 2^255 - 19, and for X25519 the highest
 * bit not set. Another spelling of a key would have another name, and libraries differ in whether they take it.
 */
export function isReduced(x: string, on: OkpCurve): boolean {
  const number = numberOf(x);
  return (on === 'Ed25519' ? number & COORDINATE : number) < P;
}
