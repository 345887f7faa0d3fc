import { hash } from 'node:crypto';
import type { JWK } from 'jose';
import { isCanonicalSegment } from './compact';

/** Algorithms of signing keys. Each follows from the key (RFC 9864 for Ed25519, RFC 7518 section 3.4 for ES256). */
export type SigningAlgorithm = 'Ed25519' | 'ES256';

/** A public key with the members of its type only, in the order in which it is written. */
export type PublicJwk =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519' | 'X25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

/** Checks whether a text is canonical base64url (right alphabet, no padding, re-encodes to itself) of that many bytes. */
export function isBase64urlOf(byteLength: number, text: unknown): text is string {
  return typeof text === 'string' && text.length === Math.ceil((byteLength * 4) / 3) && isCanonicalSegment(text);
}

/**
 * Takes the public half of a key, without any other member.
 *
 * @returns null when it is no key of a type used here (Ed25519, X25519, P-256), its coordinates are not 32 bytes of canonical base64url, or
 *   the one of an Ed25519 or X25519 key is not below 2^255 - 19
 */
export function publicHalf(jwk: Readonly<Record<string, unknown>>): PublicJwk | null {
  const { kty, crv, x, y } = jwk;
  if (!isBase64urlOf(32, x)) return null;
  if (kty === 'OKP' && (crv === 'Ed25519' || crv === 'X25519')) return isReduced(x, crv) ? { kty, crv, x } : null;
  if (kty === 'EC' && crv === 'P-256' && isBase64urlOf(32, y)) return { kty, crv, x, y };
  return null;
}

function requirePublicHalf(jwk: JWK): PublicJwk {
  const half = publicHalf({ ...jwk });
  if (half === null) throw new TypeError(`expected an Ed25519, X25519 or P-256 key, found kty ${jwk.kty}, crv ${jwk.crv}`);
  return half;
}

/** Takes the public half of one of the portal's own keys. @throws TypeError for a type that is not used here */
export function publicJwkOf(jwk: JWK): PublicJwk {
  return requirePublicHalf(jwk);
}

/** Computes the RFC 7638 SHA-256 thumbprint, base64url: the name (`kid`) of a key everywhere. Private members do not count. */
export function thumbprintOf(jwk: JWK | PublicJwk): string {
  const half = requirePublicHalf(jwk);
  // The required members in the order of their names, as section 3 of the RFC asks.
  const { crv, kty, x } = half;
  const members = half.kty === 'EC' ? { crv, kty, x, y: half.y } : { crv, kty, x };
  return hash('sha256', JSON.stringify(members), 'base64url');
}

/** Finds the one algorithm that a signing key is used with. @throws TypeError for a key that cannot sign */
export function signingAlgorithmOf(jwk: JWK | PublicJwk): SigningAlgorithm {
  const { crv } = requirePublicHalf(jwk);
  if (crv === 'Ed25519') return 'Ed25519';
  if (crv === 'P-256') return 'ES256';
  throw new TypeError(`expected a signing key (Ed25519 or P-256), found ${crv}`);
}

/**
 * Checks whether a public key can sign. An Ed25519 key of small order cannot: anybody can make signatures that hold under it. A P-256 key can
 * both sign and agree on keys; its place in the file decides which.
 */
export function isSigningJwk(jwk: PublicJwk): boolean {
  return jwk.crv === 'P-256' || (jwk.crv === 'Ed25519' && !isOfSmallOrder(jwk.x, 'Ed25519'));
}

/** Checks whether a public key is of a kind that can agree on keys (ECDH-ES); `canAgree` checks the key itself. */
export function isExchangeJwk(jwk: PublicJwk): boolean {
  return jwk.crv !== 'Ed25519';
}

/** 2^255 - 19: coordinates count modulo this (RFC 7748 section 4.1, RFC 8032 section 5.1). */
const P = 2n ** 255n - 19n;

/** All bits of a key but the highest, which is not part of its coordinate: ignored by X25519, the sign of the other coordinate in Ed25519. */
const COORDINATE = 2n ** 255n - 1n;

/** The curves whose keys are one coordinate each. */
export type OkpCurve = 'Ed25519' | 'X25519';

/**
 * The coordinates of the points of order 1, 2, 4 and 8, reduced; the two long ones of each curve are those of order 8. With such an X25519
 * key every agreement gives zero. Under such an Ed25519 key signatures can be made without a private half, so they prove nothing.
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

/** Checks whether a public key (32 bytes, base64url, little-endian) is a point of small order, in any of its encodings. */
export function isOfSmallOrder(x: string, on: OkpCurve = 'X25519'): boolean {
  return SMALL[on].has((numberOf(x) & COORDINATE) % P);
}

/**
 * Checks whether a public key is in its canonical encoding: its coordinate below 2^255 - 19, and for X25519 the highest bit not set. Another
 * encoding of a key would have another thumbprint, and libraries differ in whether they accept it.
 */
export function isReduced(x: string, on: OkpCurve): boolean {
  const number = numberOf(x);
  return (on === 'Ed25519' ? number & COORDINATE : number) < P;
}
