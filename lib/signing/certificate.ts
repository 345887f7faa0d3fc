import type { JWK } from 'jose';
import { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { PublicJwk } from './jwk';
import { isSigningJwk, publicHalf, publicJwkOf, thumbprintOf } from './jwk';
import { readJws, signClaims, signerOf, verifyJws } from './jws';
import { parseStrictJsonBytes } from './strict-json';
import { TokenError } from './token-error';

const CERTIFICATE_TYPE = 'signing-key+jwt';

/** Seconds since 1970, up to the end of the year 9999: all that a date of ours can hold. */
const seconds = z.int().min(0).max(253_402_300_799);

const certificateClaims = z.strictObject({
  iss: z.string(),
  sub: z.string(),
  jwk: z.record(z.string(), z.unknown()),
  nbf: seconds,
  exp: seconds,
  use: z.literal('reply'),
});

/** A signing key that the vendor root vouches for. */
export interface CertifiedKey {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly notBefore: Date;
  readonly expiresAt: Date;
}

/**
 * Certifies a signing key under the vendor root: a JWS `typ: signing-key+jwt` (docs/formats/native.md, keys). Instants are in whole
 * seconds.
 */
export function certifySigningKey(input: {
  rootPrivateJwk: JWK;
  vendorId: string;
  publicJwk: JWK | PublicJwk;
  notBefore: Date;
  expiresAt: Date;
}): string {
  const { rootPrivateJwk, vendorId, notBefore, expiresAt } = input;
  const jwk = publicJwkOf({ ...input.publicJwk });
  const claims = {
    iss: vendorId,
    sub: thumbprintOf(jwk),
    jwk,
    nbf: Math.floor(notBefore.getTime() / 1000),
    exp: Math.floor(expiresAt.getTime() / 1000),
    use: 'reply',
  };
  const header = { typ: CERTIFICATE_TYPE, kid: thumbprintOf(rootPrivateJwk) };
  return signClaims({ claims, header, signer: signerOf(rootPrivateJwk) });
}

/**
 * Verifies a certificate under the vendor root and returns the key it certifies.
 *
 * @param input.at the instant at which the certificate must be good
 * @throws TokenError answer-key-not-certified, for every fault
 */
export function verifySigningKeyCertificate(input: {
  certificate: string;
  rootPublicJwk: JWK | PublicJwk;
  vendorId: string;
  at: Date;
}): CertifiedKey {
  try {
    return verify(input);
  } catch (cause) {
    throw new TokenError(reject('answer-key-not-certified'), { cause });
  }
}

function verify(input: Parameters<typeof verifySigningKeyCertificate>[0]): CertifiedKey {
  const { certificate, rootPublicJwk, vendorId, at } = input;
  const jws = readJws(certificate);
  const { typ, kid, key_cert } = jws.header;
  const named = typ === CERTIFICATE_TYPE && kid === thumbprintOf(rootPublicJwk) && key_cert === undefined;
  if (!named) throw new TypeError('expected a certificate by the vendor root');

  verifyJws(jws, rootPublicJwk);

  const claims = certificateClaims.parse(parseStrictJsonBytes(jws.payload));
  const publicJwk = publicHalf(claims.jwk);
  if (publicJwk === null || !isSigningJwk(publicJwk)) throw new TypeError('expected a signing key');
  if (claims.iss !== vendorId) throw new TypeError(`expected a certificate of vendor ${vendorId}, found ${claims.iss}`);
  if (claims.sub !== thumbprintOf(publicJwk)) throw new TypeError('expected sub to be the thumbprint of jwk');

  const [notBefore, expiresAt] = [new Date(claims.nbf * 1000), new Date(claims.exp * 1000)];
  if (at < notBefore || at >= expiresAt) throw new TypeError(`expected a certificate good at ${at.toISOString()}`);
  return { kid: claims.sub, publicJwk, notBefore, expiresAt };
}
