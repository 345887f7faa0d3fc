import type { CodeKind } from '@/lib/licensing/dialects/code-kind';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';

/** A file as it reached the portal: untrusted bytes, the name the sender gave it, and how it was submitted. */
export interface UploadedFile {
  readonly name: string | null;
  readonly bytes: Uint8Array;
  /** Id under which the portal stores it: the request id of dialects whose requests carry none. Left out where nothing is stored. */
  readonly id?: string;
  /** The kind that the submitter states, where a dialect cannot detect it from file and name. */
  readonly kindAsked?: DeviceRequest['kind'];
  /** The kind that an application's call states by its address. */
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
  /** The condition, in one sentence. */
  readonly asks: string;
}

/**
 * Called for every check that a file passes, in order, with the values that the check read: members of headers and claims, secrets masked. The
 * first check without a call is the one that failed.
 */
export type Observe = (check: string, learnt?: Readonly<Record<string, unknown>>) => void;

/** The part of a dialect that needs no keys. */
export interface DialectOutline {
  readonly id: DialectId;
  /** The checks of {@link Dialect.open}, in order. */
  readonly checks: readonly Check[];
  /** Checks cheaply whether the text of a file, within the size limit, could be of this family. Never throws. */
  detect(text: string): boolean;
  /** Detects which of the dialect's own kinds of code a text is; null for other text. Left out: the dialect has none. */
  detectCode?(text: string): CodeKind | null;
  /** Digests a machine's name in this dialect as requests carry it, to find the machine by it. Left out: people cannot know such a name. */
  digestMachine?(name: string, vendorId: string): string;
  /**
   * Its signatures take milliseconds each, so they are made one after the other. A request that waits for one blocks other decisions on the same
   * device.
   */
  readonly signsInTurns?: boolean;
  /** Formats a file for inspection, secrets masked. Left out: shown unchanged, since its secrets are encrypted. */
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
   * @param observe for inspections; decides nothing
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
