import type { CodeKind } from '@/lib/licensing/dialects/code-kind';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';

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

/** Encrypts secrets that a dialect reads again later, such as a licence key that every answer repeats. */
export interface Vault {
  encrypt(secret: string): Promise<string>;
  /** @throws FileDecryptionError for a text that this vault did not encrypt */
  decrypt(encrypted: string): Promise<string>;
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

/** What is known of a dialect without any key. */
export interface DialectOutline {
  readonly id: DialectId;
  /** What {@link Dialect.open} checks, in its order. */
  readonly checks: readonly Check[];
  /** Looks at the text of a file that is not too large, cheaply: could it be of this family? Never throws. */
  detect(text: string): boolean;
  /** Says what kind of text of its own names an entitlement, by a look at the text; null for any other. Left out: it has none. */
  detectCode?(text: string): CodeKind | null;
  /** Digests what its software may know a machine by, as requests carry it, so that the machine is found by it. Left out: nothing a person has. */
  digestMachine?(name: string, vendorId: string): string;
  /**
   * Its answers are signed for milliseconds, and so one after the other. Whoever waits for one lets nobody else decide on the same device
   * meanwhile.
   */
  readonly signsInTurns?: boolean;
  /** A file of this dialect as people may see it who look into files. Left out: as it is, for its secrets are encrypted. */
  showText?(file: UploadedFile): string;
}

/**
 * One family of wire formats, and the keys that it opens and seals with. The only place where its untrusted bytes become a typed request.
 * A new dialect is one folder that exports one of these, and one line in each layer's registry (ARCHITECTURE.md, "Where to add what").
 */
export interface Dialect<OpeningKeys, SealingKeys> extends DialectOutline {
  /**
   * Verifies everything that can be verified without knowing the customer.
   *
   * @param observe for people who look into a file; decides nothing
   * @throws DialectError with the rejection code, for every file that is not a good request.
   */
  open(file: UploadedFile, keys: OpeningKeys, observe?: Observe): Promise<DeviceRequest>;
  /**
   * Turns a reply into the signed file for the device that asked.
   *
   * @throws NotWantedError and QueueFullError where it {@link signsInTurns}
   */
  seal(reply: Reply, keys: SealingKeys): Promise<SealedFile>;
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
