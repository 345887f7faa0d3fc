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

/** How long a read identity of the vendor is shown before it is read again. */
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

/** What a dialect opens its own keys from. */
export interface KeySource {
  readonly db: Database;
  readonly masterKey: MasterKey;
  readonly rows: KeyRows;
  readonly clock: DatabaseClock;
}

/** The vendor's keys at one moment, opened at their first use. */
export interface Keys {
  readonly vendor: VendorIdentity;
  readonly vendorId: string;
  readonly vault: Vault;
  readonly files: FileCipher;
  /** Keyed digest under which a code is stored. */
  digestCode(code: string, kind?: CodeKind): Promise<string>;
  /** Keyed digest under which a one-time code from a mail is stored, bound to the id of its purpose. */
  digestMailCode(code: { readonly id: string; readonly code: string }): Promise<string>;
  /** What each dialect opens its own keys from. */
  readonly source: KeySource;
}

/** The vendor's keys, checked against the database at each call: a key that any replica withdrew or put into use is so here as well. */
export interface Keyring {
  /** Encrypts the secrets that the installation makes. */
  readonly masterKey: MasterKey;
  /** Key of the digests that sign-in stores. Derived from the master key alone, without the database. */
  signInKey(): Promise<Uint8Array>;
  /** Null before the vendor is made. */
  find(): Promise<Keys | null>;
  /** As `find`. @throws Error before the vendor is made */
  current(): Promise<Keys>;
  /** At most seconds old; null before the vendor is made. */
  vendor(): Promise<VendorIdentity | null>;
  /** As `vendor`. @throws Error before the vendor is made */
  identity(): Promise<VendorIdentity>;
}

function required<Found>(found: Found | null): Found {
  if (found === null) throw new Error('expected a vendor, found none: make one with `npm run -s airgate -- vendor init`');
  return found;
}

/** The keys as last read, with the database's clock at the last check of their revision. */
interface Read {
  readonly revision: number;
  readonly keys: Keys | null;
  readonly clock: DatabaseClock;
}

/** Opens the vendor's keys from the database under the master key. */
export function openKeyring(db: Database, masterKey: MasterKey): Keyring {
  let last: Read | null = null;
  const askRevision = shareCalls(() => readKeyRevision(db));
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

/** The keyring of one operation: it reads the keys once and keeps to them. */
export function keyringForOneAct(keyring: Keyring): Keyring {
  let found: Promise<Keys | null> | null = null;
  const find = async () => {
    found ??= keyring.find();
    // A failed read is not kept: the database may be reachable again.
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

/** The database's clock: the last reading and the time that has passed since. */
export interface DatabaseClock {
  now(): Date;
  set(now: Date): void;
  setAgoMs(): number;
}

function startClock(startedAt: Date): DatabaseClock {
  let [reading, setAt] = [startedAt, performance.now()];
  return {
    now: () => new Date(reading.getTime() + performance.now() - setAt),
    set(now) {
      [reading, setAt] = [now, performance.now()];
    },
    setAgoMs: () => performance.now() - setAt,
  };
}

/** Combines concurrent calls: all callers that arrive during a call share the next one. */
function shareCalls<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let inFlight: Promise<unknown> = Promise.resolve();
  let next: Promise<Answer> | null = null;
  const askNext = () => {
    next = null;
    const answer = ask();
    inFlight = answer.catch(() => undefined);
    return answer;
  };
  return () => {
    next ??= inFlight.then(askNext);
    return next;
  };
}
