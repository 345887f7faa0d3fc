import type { JWK } from 'jose';
import type { NewExchangeKey, NewSigningKey } from '@/db/keys/manage-keys';
import { addDuration } from '@/lib/licensing/leases/duration';
import { certifySigningKey, verifySigningKeyCertificate } from '@/lib/signing/certificate';
import type { PublicJwk } from '@/lib/signing/jwk';
import { signingAlgorithmOf } from '@/lib/signing/jwk';
import { generateExchangeKeyPair, generateSigningKeyPair } from '@/lib/signing/key-pair';
import type { MasterKey } from '@/lib/signing/master-key';
import { wrapPrivateJwk } from '@/lib/signing/master-key';

/** The validity of a signing key's certificate. */
const SIGNING_KEY_LASTS = 'P2Y';

/** The root key that certifies signing keys, with its stored public half. */
export interface CertifyingRoot {
  readonly vendorId: string;
  readonly privateJwk: JWK;
  readonly publicJwk: PublicJwk;
}

/**
 * Makes a signing key of the root's own kind, certified by the root and encrypted under the master key.
 *
 * @throws TokenError answer-key-not-certified when the private root key does not fit its public half
 */
export async function makeSigningKey(
  masterKey: MasterKey,
  { root, at }: { root: CertifyingRoot; at: Date },
): Promise<NewSigningKey> {
  const { vendorId, privateJwk: rootPrivateJwk, publicJwk: rootPublicJwk } = root;
  const { kid, publicJwk, privateJwk } = await generateSigningKeyPair(rootPublicJwk.crv === 'P-256' ? 'P-256' : 'Ed25519');
  const expiresAt = addDuration(at, SIGNING_KEY_LASTS);
  const certificate = certifySigningKey({ rootPrivateJwk, vendorId, publicJwk, notBefore: at, expiresAt });
  verifySigningKeyCertificate({ certificate, rootPublicJwk, vendorId, at });
  const privateSealed = await wrapPrivateJwk(masterKey, privateJwk, { purpose: 'signing-key', kid });
  const alg = signingAlgorithmOf(publicJwk);
  return { kid, alg, publicJwk, privateSealed, certificate, createdAt: at, expiresAt, retiredAt: null };
}

/** Makes an exchange key, encrypted under the master key. */
export async function makeExchangeKey(
  masterKey: MasterKey,
  { curve, at }: { curve: 'X25519' | 'P-256'; at: Date },
): Promise<NewExchangeKey> {
  const { kid, publicJwk, privateJwk } = await generateExchangeKeyPair(curve);
  const privateSealed = await wrapPrivateJwk(masterKey, privateJwk, { purpose: 'exchange-key', kid });
  return { kid, publicJwk, privateSealed, createdAt: at, retiredAt: null, opensUntil: null };
}
