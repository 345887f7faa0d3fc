import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';

/** An exchange key that a file names. */
export type ExchangeKeyAnswer =
  | { readonly status: 'open'; readonly privateKey: KeyObject }
  | { readonly status: 'retired'; readonly openedUntil: Date };

/** The keys that native files name. Undefined for a key that was never the portal's. */
export interface NativeKeys {
  readonly vendorId: string;
  /** The portal's private exchange key with this RFC 7638 thumbprint. */
  exchangeKey(kid: string): Promise<ExchangeKeyAnswer | undefined>;
  /** The public signing key of a device that has an activation, by thumbprint. */
  deviceKey(thumbprint: string): Promise<JWK | undefined>;
}

/** The vendor's key that signs replies, with the certificate and exchange key that every reply carries. */
export interface ReplyKey {
  readonly kid: string;
  readonly alg: 'Ed25519' | 'ES256';
  readonly privateKey: KeyObject;
  /** JWS by the vendor root over the public half (`typ: signing-key+jwt`). */
  readonly certificate: string;
  /** The exchange key devices are to use from now on. */
  readonly exchangeJwk: JWK;
}

/** The keys that seal replies. */
export interface NativeSealingKeys {
  native(): Promise<ReplyKey>;
}
