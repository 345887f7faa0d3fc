import { createHash } from 'node:crypto';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Observe, UploadedFile, Vault } from '../dialect';
import { DialectError } from '../dialect';
import { machineName } from '../machine-name';
import { readText } from '../read-text';
import type { KeygenCheck } from './checks';
import type { DeviceText } from './device-text';
import { checkLimits, checkMembers, looksLikeDeviceText, readMembers } from './device-text';
import type { KeygenIssuers } from './issuer';
import { looksLikeKey, readKeyShape } from './key-shape';
import type { OpenedLicenceKey } from './open-licence-key';
import { openLicenceKey, readJson } from './open-licence-key';

/** The issuer's public keys, and the vault that encrypts the licence key for storage. */
export interface KeygenKeys {
  readonly keygen: KeygenIssuers;
  readonly vault: Vault;
}

type Passed = (check: KeygenCheck, learnt?: Readonly<Record<string, unknown>>) => void;

/** Removes all white space: neither a device page's text nor a licence key has any. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Checks whether a text could be of this format. */
export function looksLikeKeygen(text: string): boolean {
  const squeezed = squeeze(text);
  return looksLikeDeviceText(squeezed) || looksLikeKey(squeezed);
}

/**
 * Opens the text of a device page: runs the checks of docs/formats/keygen.md, cheap ones first. Nothing in it is signed but, in most schemes,
 * the licence key. A licence key alone is recognised too, and refused, since it names no machine.
 *
 * @throws DialectError
 */
export async function openRequest(
  file: UploadedFile,
  keys: KeygenKeys,
  passed: Observe = () => undefined,
): Promise<ActivationRequest> {
  const text = squeeze(readText(file));
  if (!looksLikeDeviceText(text) && looksLikeKey(text)) {
    await openLicenceKey(text, keys.keygen);
    throw new DialectError(reject('keygen-machine-needed'));
  }
  return open({ text, file, keys, passed });
}

async function open(input: { text: string; file: UploadedFile; keys: KeygenKeys; passed: Passed }): Promise<ActivationRequest> {
  const { text, file, keys, passed } = input;

  // It is the base64 of strict JSON.
  const members = readMembers(text);
  passed('text');

  // It holds a licence key and a fingerprint, neither empty nor too long.
  const texts = checkMembers(members);
  passed('members', { ...texts, key: mask(texts.key ?? '') });
  const said = checkLimits(texts);
  passed('limits');

  // The licence key is whole, and one of ours.
  readKeyShape(said.key);
  passed('key');
  const licenceKey = await openLicenceKey(said.key, keys.keygen);
  passed('signature', { scheme: licenceKey.scheme ?? 'none', dataset: licenceKey.dataset ?? 'none' });

  // The fingerprint is not an id of the licence.
  checkFingerprint(said, licenceKey, keys.keygen.account);
  passed('fingerprint');
  return toRequest({ said, licenceKey, file, vault: keys.vault });
}

function mask(key: string): string {
  return `…${key.slice(-4)}`;
}

function checkFingerprint({ fingerprint, key }: DeviceText, { dataset }: OpenedLicenceKey, account: string): void {
  const taken = new Set([key, account, ...(dataset === null ? [] : textsIn(readJson(dataset)))]);
  const isTaken = [...taken].some((text) => text.toLowerCase() === fingerprint.toLowerCase());
  if (isTaken) throw new DialectError(reject('keygen-fingerprint-is-id'));
}

/** Collects the texts of a dataset, to a depth of two levels, where ids are. */
function textsIn(value: unknown, levels = 2): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || levels === 0) return [];
  return Object.values(value).flatMap((each) => textsIn(each, levels - 1));
}

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}

/** Digests a fingerprint: only the digest is stored in the clear, and machines are compared by it. */
export function fingerprintDigest(fingerprint: string): string {
  return digest(fingerprint);
}

async function toRequest(input: {
  said: DeviceText;
  licenceKey: OpenedLicenceKey;
  file: UploadedFile;
  vault: Vault;
}): Promise<ActivationRequest> {
  const { said, licenceKey, file, vault } = input;
  const { key, fingerprint, name, statedAt } = said;
  const machine = fingerprintDigest(fingerprint);
  const payloadDigest = digest(key, fingerprint, name ?? '', statedAt?.toISOString() ?? '');
  return {
    dialect: 'keygen',
    kind: 'activation',
    requestId: file.id ?? payloadDigest,
    payloadDigest,
    // Not a key: a permanent name of this machine on this licence, the same in all its requests.
    deviceKey: digest('keygen', key, fingerprint),
    keyIsOf: 'device',
    issuedAt: statedAt,
    productCode: null,
    activationCode: key,
    codeKind: 'keygen-key',
    entitlementId: null,
    device: {
      name: name ?? machineName(machine),
      platform: 'not stated',
      hostname: null,
      appVersion: null,
      fingerprint: { version: 1, components: { fingerprint: machine } },
    },
    fingerprintRequired: 1,
    requestedLease: null,
    deviceJwk: null,
    replyTo: { sealed: await vault.encrypt(JSON.stringify({ key, fingerprint })) },
    details: { scheme: licenceKey.scheme, fingerprint },
  };
}
