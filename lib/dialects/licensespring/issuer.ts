import type { KeyObject } from 'node:crypto';
import type { Vault } from '../dialect';

/** How an application identifies itself: by an api key with a shared key, or as an OAuth client with a secret. */
export type ClientKind = 'api-key' | 'oauth';

/** The id and secret under which an application signs its requests. */
export interface LicenseSpringClient {
  /** The api key, or the client id. */
  readonly id: string;
  readonly kind: ClientKind;
  /** The shared key, or the client secret: its UTF-8 bytes are the key of every HMAC. */
  readonly secret: string;
  /** Codes of the products it may be used for; null: all. */
  readonly products: readonly string[] | null;
}

/** Finds the keys that verify requests of this dialect. */
export interface LicenseSpringClients {
  /** The client of this kind and id that is in use; undefined for one that was never made, or was withdrawn. */
  client(kind: ClientKind, id: string): Promise<LicenseSpringClient | undefined>;
  /** The lowest version of requests that the product takes: also 1 for an unknown product. */
  minimumSchema(productCode: string): Promise<1 | 2>;
}

/** The keys that seal answers of this dialect. */
export interface LicenseSpringIssuer {
  readonly companyId: number;
  /** RSA, 4096 bits unless the vendor imported another. */
  readonly privateKey: KeyObject;
  /** SPKI: what applications are built with. */
  readonly publicPem: string;
  /**
   * The secret that the offline signature of an answer is made with: that of the requesting client, even if it was withdrawn since.
   *
   * @throws Error for a client that was never made, which is a fault of the portal's data
   */
  secretOf(kind: ClientKind, id: string): Promise<string>;
}

/** The keys that open requests of this dialect. */
export interface LicenseSpringKeys {
  readonly vendorId: string;
  readonly licenseSpring: LicenseSpringClients;
  readonly vault: Pick<Vault, 'encrypt'>;
}
