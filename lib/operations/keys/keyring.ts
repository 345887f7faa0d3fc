import type { Database } from '@/db/client';
import type { KeyRows } from '@/db/keys/read-keys';
import { readKeyRevision, readKeys } from '@/db/keys/read-keys';
import type { Vault } from '@/lib/dialects/dialect';
import type { CodeKind } from '@/lib/licensing/dialects/code-kind';
import { digestActivationCode, digestNamingText } from '@/lib/signing/activation-code';
import { deriveSecret } from '@/lib/signing/derive-secret';
import { decryptFile, encryptFile, FileDecryptionError, isEncryptedFile } from '@/lib/signing/encrypt-file';
import type { MasterKey } from '@/lib/signing/master-key';
import { digestSignInCode } from '../sign-in/sign-in-code';

/** How long people see the vendor as it was read. */
const IDENTITY_STAYS_MS = 10_000;

/** The vendor as people see it. */
export interface VendorIdentity {
  readonly id: string;
  readonly name: string;
  readonly accent: string;
  readonly supportContact: string;
}

/** Encrypts files for storage and decrypts them. */
export interface FileCipher {
  encrypt(bytes: Uint8Array): Promise<Uint8Array>;
  /** The bytes as they were; a file that was stored before files were encrypted comes back unchanged. @throws FileDecryptionError */
  decrypt(stored: Uint8Array): Promise<Uint8Array>;
}

/** What keys are opened from. */
export interface KeySource {
  readonly db: Database;
  readonly masterKey: MasterKey;
  readonly rows: KeyRows;
  readonly clock: DatabaseClock;
}

/** The vendor's keys at one moment, opened as they are needed. */
export interface Keys {
  readonly vendor: VendorIdentity;
  readonly vendorId: string;
  readonly vault: Vault;
  readonly files: FileCipher;
  /** Keyed digest under which a code is stored. */
  digestCode(code: string, kind?: CodeKind): Promise<string>;
  /** Keyed digest under which a one-time code from a mail is stored, bound to what it is for. */
  digestMailCode(code: { readonly id: string; readonly code: string }): Promise<string>;
  /** What each dialect opens its own keys from. */
  readonly source: KeySource;
}

/**
 * The vendor's keys as they are in the database whenever they are asked for: what was withdrawn or put into use by any portal before is so here
 * too.
 */
export interface Keyring {
  /** Encrypts the secrets that the installation makes. */
  readonly masterKey: MasterKey;
  /** Key of the digests that signing in keeps. Of the master key alone: no database is asked for it. */
  signInKey(): Promise<Uint8Array>;
  /** Null when no vendor was made yet. */
  find(): Promise<Keys | null>;
  /** @throws Error when no vendor was made yet */
  current(): Promise<Keys>;
  /** Of seconds ago at most; null when no vendor was made yet. */
  vendor(): Promise<VendorIdentity | null>;
  /** The same. @throws Error when no vendor was made yet */
  identity(): Promise<VendorIdentity>;
}

function required<Found>(found: Found | null): Found {
  if (found === null) throw new Error('expected a vendor, found none: make one with `npm run -s airgate -- vendor init`');
  return found;
}

/** What was read last, and when it was last found to be still so. */
interface Read {
  readonly revision: number;
  readonly keys: Keys | null;
  readonly clock: DatabaseClock;
}

/** Opens the vendor's keys from the database under the master key. */
export function openKeyring(db: Database, masterKey: MasterKey): Keyring {
  let last: Read | null = null;
  const askRevision = askedOnce(() => readKeyRevision(db));
  let signInKey: Promise<Uint8Array> | null = null;

  async function find(): Promise<Keys | null> {
    if (last !== null) {
      const { now, revision } = await askRevision();
      if (last.revision === revision) {
        last.clock.set(now);
        return last.keys;
      }
    }
    const rows = await readKeys(db);
    const clock = startClock(rows.now);
    const keys = keysFrom({ db, masterKey, rows, clock });
    last = { revision: rows.revision, keys, clock };
    return keys;
  }

  async function vendor(): Promise<VendorIdentity | null> {
    const known = last;
    if (known?.keys != null && known.clock.setAgoMs() <= IDENTITY_STAYS_MS) return known.keys.vendor;
    return (await find())?.vendor ?? null;
  }

  return {
    masterKey,
    signInKey() {
      signInKey ??= masterKey.derive('sign-in');
      return signInKey;
    },
    find,
    current: async () => required(await find()),
    vendor,
    identity: async () => required(await vendor()),
  };
}

/** The keyring for one act: all of it happens under the keys that it finds first. */
export function keyringForOneAct(keyring: Keyring): Keyring {
  let found: Promise<Keys | null> | null = null;
  const find = async () => {
    found ??= keyring.find();
    // A database that was away may be back.
    found.catch(() => {
      found = null;
    });
    return found;
  };
  return { ...keyring, find, current: async () => required(await find()) };
}

function keysFrom(source: KeySource): Keys | null {
  const { masterKey, rows } = source;
  if (rows.vendor === null) return null;
  const { rootJwk: _, codeKeySealed, ...vendor } = rows.vendor;
  let codeKey: Promise<Uint8Array> | null = null;
  const readCodeKey = () => {
    codeKey ??= masterKey.unwrap(codeKeySealed, { purpose: 'code-key', kid: vendor.id });
    return codeKey;
  };
  const files = makeFileCipher(readCodeKey);
  return {
    vendor,
    vendorId: vendor.id,
    vault: makeVault(files),
    files,
    digestMailCode: async (code) => digestSignInCode(await deriveSecret(await readCodeKey(), 'mail-codes'), code),
    async digestCode(code, kind = 'activation-code') {
      const key = await readCodeKey();
      return kind === 'activation-code' ? digestActivationCode(code, key) : digestNamingText(code, kind, key);
    },
    source,
  };
}

/** The key that files are encrypted under is derived from the one that codes are digested with: both are the installation's, and not in the database. */
function makeFileCipher(readCodeKey: () => Promise<Uint8Array>): FileCipher {
  let derived: Promise<Uint8Array> | null = null;
  const key = () => {
    derived ??= readCodeKey().then((secret) => deriveSecret(secret, 'kept-files'));
    return derived;
  };
  return {
    encrypt: async (bytes) => encryptFile(bytes, await key()),
    decrypt: async (stored) => (isEncryptedFile(stored) ? decryptFile(stored, await key()) : stored),
  };
}

function makeVault(files: FileCipher): Vault {
  return {
    encrypt: async (secret) => Buffer.from(await files.encrypt(new TextEncoder().encode(secret))).toString('base64url'),
    async decrypt(encrypted) {
      const stored = Buffer.from(encrypted, 'base64url');
      if (!isEncryptedFile(stored)) throw new FileDecryptionError('one that is not encrypted');
      return new TextDecoder().decode(await files.decrypt(stored));
    },
  };
}

/** The database's clock, as it was when it was last told, and what has passed since. */
export interface DatabaseClock {
  now(): Date;
  set(now: Date): void;
  setAgoMs(): number;
}

function startClock(startedAt: Date): DatabaseClock {
  let [told, setAt] = [startedAt, performance.now()];
  return {
    now: () => new Date(told.getTime() + performance.now() - setAt),
    set(now) {
      [told, setAt] = [now, performance.now()];
    },
    setAgoMs: () => performance.now() - setAt,
  };
}

/** Asks what many want to know at once as seldom as can be: whoever comes while a question is under way shares the next. */
function askedOnce<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<Answer> | null = null;
  const askNext = () => {
    next = null;
    const answer = ask();
    underWay = answer.catch(() => undefined);
    return answer;
  };
  return () => {
    next ??= underWay.then(askNext);
    return next;
  };
}
