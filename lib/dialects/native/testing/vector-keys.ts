import type { JWK } from 'jose';
import { certifySigningKey } from '@/lib/signing/certificate';
import type { KeyPair } from '@/lib/signing/key-pair';
import { generateExchangeKeyPair, generateSigningKeyPair } from '@/lib/signing/key-pair';

/** The keys of the published vectors. They are public, so nothing may ever trust them. */
export interface VectorKeys {
  readonly warning: string;
  readonly vendor_id: string;
  readonly root: KeyPair;
  readonly other_root: KeyPair;
  readonly signing: KeyPair & { readonly certificate: string };
  readonly signing_p256: KeyPair & { readonly certificate: string };
  /** Open, current. */
  readonly exchange: KeyPair;
  /** Open, and of the other curve. */
  readonly exchange_p256: KeyPair;
  /** No longer handed out, but still open. */
  readonly exchange_retiring: KeyPair;
  /** Retired, and its end has passed. */
  readonly exchange_retired: KeyPair & { readonly opened_until: string };
  /** Of another vendor: the portal does not know it. */
  readonly exchange_of_another_vendor: KeyPair;
  /** A device with an activation. */
  readonly device: { readonly signing: KeyPair; readonly exchange: KeyPair };
  /** Another, with keys of the other curve. */
  readonly device_p256: { readonly signing: KeyPair; readonly exchange: KeyPair };
  /** A device that the portal knows nothing of. */
  readonly device_unknown: { readonly signing: KeyPair; readonly exchange: KeyPair };
}

const VALID_FROM = new Date('2026-01-01T00:00:00Z');
const VALID_TO = new Date('2036-01-01T00:00:00Z');

async function devicePairs(curve: 'P-256' | null): Promise<VectorKeys['device']> {
  return {
    signing: await generateSigningKeyPair(curve ?? 'Ed25519'),
    exchange: await generateExchangeKeyPair(curve ?? 'X25519'),
  };
}

/** Makes a fresh set: for the generator when there is none yet. */
export async function makeVectorKeys(): Promise<VectorKeys> {
  const root = await generateSigningKeyPair();
  const certify = async (pair: KeyPair) => ({ ...pair, certificate: await certifyFor(root.privateJwk, pair) });
  return {
    warning: 'Test keys. Their private halves are published here: never trust them, never use them.',
    vendor_id: 'acme-motion',
    root,
    other_root: await generateSigningKeyPair(),
    signing: await certify(await generateSigningKeyPair()),
    signing_p256: await certify(await generateSigningKeyPair('P-256')),
    exchange: await generateExchangeKeyPair(),
    exchange_p256: await generateExchangeKeyPair('P-256'),
    exchange_retiring: await generateExchangeKeyPair(),
    exchange_retired: { ...(await generateExchangeKeyPair()), opened_until: '2026-06-30T00:00:00.000Z' },
    exchange_of_another_vendor: await generateExchangeKeyPair(),
    device: await devicePairs(null),
    device_p256: await devicePairs('P-256'),
    device_unknown: await devicePairs(null),
  };
}

/** A certificate of the vendor of the vectors, or one that is wrong in one way. */
export function certifyFor(rootPrivateJwk: JWK, pair: KeyPair, other: { vendorId?: string; expiresAt?: Date } = {}): string {
  return certifySigningKey({
    rootPrivateJwk,
    vendorId: other.vendorId ?? 'acme-motion',
    publicJwk: pair.publicJwk,
    notBefore: VALID_FROM,
    expiresAt: other.expiresAt ?? VALID_TO,
  });
}
