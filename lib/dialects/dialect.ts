import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { Signing } from '@/lib/signing/signing-turns';
import type { KeygenIssuer, KeygenIssuers } from './keygen/issuer';
import type { LicenseSpringClients, LicenseSpringIssuer } from './licensespring/issuer';

/** A file as it reached the portal: untrusted bytes, the name the sender gave it, and what the portal knows of its coming. */
export interface UploadedFile {
  readonly name: string | null;
  readonly bytes: Uint8Array;
  /** Id under which the portal keeps it: the request id of dialects whose requests carry none. Left out where nothing is kept. */
  readonly id?: string;
  /** What its bringer says it asks for, where a dialect cannot tell from file and name. */
  readonly kindAsked?: DeviceRequest['kind'];
  /** What it was sent to be answered as, by an application whose call says so by its address. */
  readonly calledFor?: DeviceRequest['kind'];
}

/** What is known of an exchange key named in a file. */
export type ExchangeKeyAnswer =
  | { readonly status: 'open'; readonly privateKey: KeyObject }
  | { readonly status: 'retired'; readonly openedUntil: Date };

/** Keeps secrets that a dialect has to find again, such as a licence key that every answer repeats. */
export interface Vault {
  seal(secret: string): Promise<string>;
  /** @throws SealedFileError for a text that this vault did not seal */
  open(sealed: string): Promise<string>;
}

/** The keys that native files name. */
export interface NativeKeys {
  readonly vendorId: string;
  /** The portal's private exchange key with this RFC 7638 thumbprint. */
  exchangeKey(kid: string): Promise<ExchangeKeyAnswer | undefined>;
  /** The public signing key of a device that has an activation, by thumbprint. */
  deviceKey(thumbprint: string): Promise<JWK | undefined>;
}

/** Looks up the keys a file names. Answers undefined for a key that was never ours. */
export interface ResolveKeys extends NativeKeys {
  readonly keygen: KeygenIssuers;
  readonly licenseSpring: LicenseSpringClients;
  readonly vault: Vault;
}

/** The vendor's key that signs replies, and what every reply carries with it. */
export interface ReplyKey {
  readonly kid: string;
  readonly alg: 'Ed25519' | 'ES256';
  readonly privateKey: KeyObject;
  /** JWS by the vendor root over the public half (`typ: signing-key+jwt`). */
  readonly certificate: string;
  /** The exchange key devices are to use from now on. */
  readonly exchangeJwk: JWK;
}

/** What answers are sealed with: each dialect takes its own. */
export interface ReplyKeys {
  native(): Promise<ReplyKey>;
  /** @throws Error when no keys were made for it: refused before by the operations */
  keygen(): Promise<KeygenIssuer>;
  licenseSpring(): Promise<LicenseSpringIssuer>;
  readonly vault: Vault;
  /** For a dialect that {@link Dialect.signsInTurns}. */
  readonly signing?: Signing;
}

/** One of the checks that opening a file goes through. */
export interface Check {
  readonly id: string;
  /** What has to be so, in one sentence. */
  readonly asks: string;
}

/**
 * Told of every check that a file passes, in the order of the checks, with what was learnt by it: members of headers and claims, secrets
 * masked. The first check it is not told of is the one that failed.
 */
export type Observe = (check: string, learnt?: Readonly<Record<string, unknown>>) => void;

/**
 * One family of wire formats. The only place where its untrusted bytes become a typed request.
 * A new dialect is one folder that exports one of these, and one line in {@link ./registry}.
 */
export interface Dialect {
  readonly id: string;
  /** What {@link open} checks, in its order. */
  readonly checks: readonly Check[];
  /** Cheap look at the text of a file that is not too large: could it be of this family? Never throws. */
  recognises(text: string): boolean;
  /**
   * Verifies everything that can be verified without knowing the customer.
   *
   * @param observe for people who look into a file; decides nothing
   * @throws DialectError with the rejection code, for every file that is not a good request.
   */
  open(file: UploadedFile, keys: ResolveKeys, observe?: Observe): Promise<DeviceRequest>;
  /**
   * Its answers are signed for milliseconds, and so one after the other. Whoever waits for one lets nobody else decide on the same device
   * meanwhile.
   */
  readonly signsInTurns?: boolean;
  /** A file of this dialect as people may see it who look into files. Left out: as it is, for its secrets are encrypted. */
  showText?(file: UploadedFile): string;
  /**
   * Turns a reply into the signed file for the device that asked.
   *
   * @throws NotWantedError and QueueFullError where it {@link signsInTurns}
   */
  seal(reply: Reply, keys: ReplyKeys): Promise<SealedFile>;
}

/** A file that cannot be opened. Caught once, by the operation that reads files, and becomes a rejection. */
export class DialectError extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection, options?: ErrorOptions) {
    super(`file refused: ${rejection.code}`, options);
    this.name = 'DialectError';
    this.rejection = rejection;
  }
}
