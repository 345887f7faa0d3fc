import type { JsonWebKey, KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { exportJWK, generateKeyPair } from 'jose';
import type { PublicJwk } from './jwk';
import { isExchangeJwk, isOfSmallOrder, isSigningJwk, publicJwkOf, thumbprintOf } from './jwk';

/** A fresh key pair. The private half is for {@link ./master-key.ts} at once; it is never logged or sent. */
export interface KeyPair {
  /** RFC 7638 thumbprint of the public half. */
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateJwk: JWK;
}

async function pairOf(generated: { privateKey: CryptoKey }): Promise<KeyPair> {
  const privateJwk = await exportJWK(generated.privateKey);
  const publicJwk = publicJwkOf(privateJwk);
  return { kid: thumbprintOf(publicJwk), publicJwk, privateJwk: { ...publicJwk, d: privateJwk.d ?? '' } };
}

/** Makes a key pair that signs: Ed25519, or P-256 (ES256) where hardware or rules ask for it. */
export async function generateSigningKeyPair(curve: 'Ed25519' | 'P-256' = 'Ed25519'): Promise<KeyPair> {
  return pairOf(await generateKeyPair(curve === 'P-256' ? 'ES256' : 'Ed25519', { extractable: true }));
}

/** Makes a key pair for key agreement (ECDH-ES): X25519 or P-256. */
export async function generateExchangeKeyPair(curve: 'X25519' | 'P-256' = 'X25519'): Promise<KeyPair> {
  return pairOf(await generateKeyPair('ECDH-ES', { crv: curve, extractable: true }));
}

function importKey(jwk: JWK | PublicJwk): KeyObject {
  const key: JsonWebKey = { ...jwk };
  return 'd' in jwk ? createPrivateKey({ key, format: 'jwk' }) : createPublicKey({ key, format: 'jwk' });
}

/**
 * Imports the public or private half of a signing key. Costly: keep the result.
 *
 * @throws Error for a key that cannot sign, or that is not a point of its curve
 */
export function importSigningKey(jwk: JWK | PublicJwk): KeyObject {
  if (!isSigningJwk(publicJwkOf({ ...jwk }))) throw new TypeError(`expected a signing key (Ed25519 or P-256), found ${jwk.crv}`);
  return importKey(jwk);
}

/**
 * Imports the public or private half of an exchange key. Costly: keep the result.
 *
 * @throws Error for a key that cannot agree on keys, or that is not a point of its curve
 */
export function importExchangeKey(jwk: JWK | PublicJwk): KeyObject {
  if (!isExchangeJwk(publicJwkOf({ ...jwk })))
    throw new TypeError(`expected an exchange key (X25519 or P-256), found ${jwk.crv}`);
  return importKey(jwk);
}

/** Checks whether a key can be agreed with: a point that is not on its curve, or of small order, cannot. */
export function canAgree(publicJwk: PublicJwk): boolean {
  if (publicJwk.crv === 'X25519') return !isOfSmallOrder(publicJwk.x);
  try {
    importExchangeKey(publicJwk);
    return true;
  } catch {
    return false;
  }
}
