import type { KeyObject } from 'node:crypto';
import type { Database } from '@/db/client';
import { readDeviceJwk } from '@/db/read-activation';
import type { KeyRows } from '@/db/read-keys';
import { readKeys } from '@/db/read-keys';
import type { ReplyKey, ReplyKeys, ResolveKeys, Vault } from '@/lib/dialects/dialect';
import type { KeygenIssuer } from '@/lib/dialects/keygen/issuer';
import type { CodeKind } from '@/lib/licensing/request';
import { digestActivationCode, digestNamingText } from '@/lib/signing/activation-code';
import { deriveSecret } from '@/lib/signing/derive-secret';
import { isKeptSealed, openKeptFile, SealedFileError, sealKeptFile } from '@/lib/signing/kept-file';
import { importExchangeKey, importSigningKey } from '@/lib/signing/key-pair';
import type { MasterKey } from '@/lib/signing/master-key';
import { unwrapPrivateJwk } from '@/lib/signing/master-key';
import type { OpenedIssuers } from './keygen/open-issuers';
import { openIssuers } from './keygen/open-issuers';
import type { OpenedIssuer } from './licensespring/open-issuer';
import { openLicenseSpring } from './licensespring/open-issuer';
import { digestSignInCode } from './sign-in-code';

/** How long keys are used before the database is asked again: a rotation elsewhere is seen by then. */
const KEYS_STAY_FRESH_MS = 10_000;

/** The vendor as people see it. */
export interface VendorIdentity {
  readonly id: string;
  readonly name: string;
  readonly accent: string;
  readonly supportContact: string;
}

/** Seals files for keeping and opens them. */
export interface FileKeeper {
  seal(bytes: Uint8Array): Promise<Uint8Array>;
  /** The bytes as they came, also of a file that was kept before files were sealed. @throws SealedFileError */
  open(kept: Uint8Array): Promise<Uint8Array>;
}

/** The vendor's keys at one moment, opened as they are needed. */
export interface Keys extends ResolveKeys {
  readonly vendor: VendorIdentity;
  /** What answers are sealed with. */
  readonly replyKeys: ReplyKeys;
  /** Keyed digest under which a code is stored. */
  digestCode(code: string, kind?: CodeKind): Promise<string>;
  /** Keyed digest under which a one-time code from a mail is stored, bound to what it is for. */
  digestMailCode(code: { readonly id: string; readonly code: string }): Promise<string>;
  /** What signs for software built for Keygen; null when no keys were made for it yet. */
  keygenIssuer(): Promise<KeygenIssuer | null>;
  readonly files: FileKeeper;
}

export interface Keyring {
  /** Seals the secrets that the installation makes. */
  readonly masterKey: MasterKey;
  /** Null when no vendor was made yet. */
  find(): Promise<Keys | null>;
  /** Null when no vendor was made yet. */
  vendor(): Promise<VendorIdentity | null>;
  /** @throws Error when no vendor was made yet */
  current(): Promise<Keys>;
  /** Forgets what was read: after a rotation in this process. */
  forget(): void;
}

/** Opens the vendor's keys from the database under the master key. Opened keys stay in memory for the life of the process. */
export function openKeyring(db: Database, masterKey: MasterKey): Keyring {
  const opened = new Map<string, Promise<KeyObject>>();
  const openedLicenseSpring = { keys: opened, secrets: new Map<string, Promise<string>>() };
  const issuers: OpenedIssuers = new Map();
  let read: { at: number; keys: Promise<Keys | null> } | null = null;

  function readAgain(): Promise<Keys | null> {
    const at = performance.now();
    if (read !== null && at - read.at <= KEYS_STAY_FRESH_MS) return read.keys;
    const keys = readKeys(db).then((rows) =>
      keysFrom({ db, masterKey, rows, opened, openedLicenseSpring, issuers, readAt: performance.now() }),
    );
    // Neither a failure nor a missing vendor is kept.
    read = { at, keys };
    keys.then(
      (found) => found ?? forget(),
      () => forget(),
    );
    return keys;
  }

  function forget(): void {
    read = null;
  }

  return {
    masterKey,
    forget,
    find: readAgain,
    vendor: async () => (await readAgain())?.vendor ?? null,
    async current() {
      const keys = await readAgain();
      if (keys === null) throw new Error('expected a vendor, found none: make one with `npm run -s airgate -- vendor init`');
      return keys;
    },
  };
}

interface Opening {
  /** When the rows were read, by `performance.now()`: `rows.now` is the database's clock at that moment. */
  readonly readAt: number;
  readonly db: Database;
  readonly masterKey: MasterKey;
  readonly rows: KeyRows;
  readonly opened: Map<string, Promise<KeyObject>>;
  readonly openedLicenseSpring: OpenedIssuer;
  readonly issuers: OpenedIssuers;
}

function keysFrom(opening: Opening): Keys | null {
  const { db, masterKey, rows } = opening;
  if (rows.vendor === null) return null;
  const { rootJwk: _, codeKeySealed, ...vendor } = rows.vendor;
  let codeKey: Promise<Uint8Array> | null = null;
  const readCodeKey = () => {
    codeKey ??= masterKey.unwrap(codeKeySealed, { purpose: 'code-key', kid: vendor.id });
    return codeKey;
  };
  const files = keepFiles(readCodeKey);
  const vault = makeVault(files);
  const licenseSpring = openLicenseSpring(db, { masterKey, opened: opening.openedLicenseSpring });
  const keygen = openIssuers(rows.keygenIssuers, { masterKey, opened: opening.issuers });
  return {
    vendor,
    vendorId: vendor.id,
    async exchangeKey(kid) {
      const row = rows.exchangeKeys.find((key) => key.kid === kid);
      if (row === undefined) return undefined;
      if (row.opensUntil !== null && row.opensUntil.getTime() <= rows.now.getTime() + performance.now() - opening.readAt)
        return { status: 'retired', openedUntil: row.opensUntil };
      return { status: 'open', privateKey: await openOnce(opening, 'exchange-key', row) };
    },
    deviceKey: (thumbprint) => readDeviceJwk(db, thumbprint),
    licenseSpring: licenseSpring.clients,
    vault,
    files,
    replyKeys: { native: () => replyKeyFrom(opening), licenseSpring: licenseSpring.issuer, keygen: keygen.required, vault },
    keygen,
    keygenIssuer: keygen.inUse,
    digestMailCode: async (code) => digestSignInCode(await deriveSecret(await readCodeKey(), 'mail-codes'), code),
    async digestCode(code, kind = 'activation-code') {
      const key = await readCodeKey();
      return kind === 'activation-code' ? digestActivationCode(code, key) : digestNamingText(code, kind, key);
    },
  };
}

/** The key that files are kept under is derived from the one that codes are digested with: both are the installation's, and not in the database. */
function keepFiles(readCodeKey: () => Promise<Uint8Array>): FileKeeper {
  let derived: Promise<Uint8Array> | null = null;
  const key = () => {
    derived ??= readCodeKey().then((secret) => deriveSecret(secret, 'kept-files'));
    return derived;
  };
  return {
    seal: async (bytes) => sealKeptFile(bytes, await key()),
    open: async (kept) => (isKeptSealed(kept) ? openKeptFile(kept, await key()) : kept),
  };
}

function makeVault(files: FileKeeper): Vault {
  return {
    seal: async (secret) => Buffer.from(await files.seal(new TextEncoder().encode(secret))).toString('base64url'),
    async open(sealed) {
      const kept = Buffer.from(sealed, 'base64url');
      if (!isKeptSealed(kept)) throw new SealedFileError('one that is not sealed');
      return new TextDecoder().decode(await files.open(kept));
    },
  };
}

async function replyKeyFrom(opening: Opening): Promise<ReplyKey> {
  const { rows } = opening;
  const signing = rows.signingKeys.find((key) => key.retiredAt === null && key.expiresAt > rows.now);
  const exchange = rows.exchangeKeys.find((key) => key.retiredAt === null);
  if (signing === undefined || exchange === undefined) {
    throw new Error(
      'expected a signing key and an exchange key in use, found none: rotate with `npm run -s airgate -- key rotate`',
    );
  }
  return {
    kid: signing.kid,
    alg: signing.alg,
    privateKey: await openOnce(opening, 'signing-key', signing),
    certificate: signing.certificate,
    exchangeJwk: exchange.publicJwk,
  };
}

function openOnce(
  { masterKey, opened }: Opening,
  purpose: 'signing-key' | 'exchange-key',
  row: { readonly kid: string; readonly privateSealed: string },
): Promise<KeyObject> {
  const name = `${purpose} ${row.kid}`;
  const known = opened.get(name);
  if (known !== undefined) return known;
  const importKey = purpose === 'signing-key' ? importSigningKey : importExchangeKey;
  const key = unwrapPrivateJwk(masterKey, row.privateSealed, { purpose, kid: row.kid }).then(importKey);
  opened.set(name, key);
  key.catch(() => opened.delete(name));
  return key;
}
