import { createHash } from 'node:crypto';
import type { ActivationRequest, DeactivationProof, DeviceDescription, DeviceRequest } from '@/lib/licensing/exchange/request';
import { normalise } from '@/lib/signing/bounded-text';
import { machineName } from '../machine-name';
import { deviceKeyOf, hardwareDigest, userOf } from './device-key';
import type { LicenseSpringKeys } from './issuer';
import type { ReplyTo, RequestDetails } from './request-details';
import { LICENCE_CONSUMPTION } from './request-details';
import type { RequestFields } from './request-fields';
import { identityOf } from './request-fields';

/** A request that passed all checks. */
interface Verified {
  readonly kind: DeviceRequest['kind'];
  readonly fields: RequestFields;
  readonly schema: 1 | 2;
  /** Unique to the request; the same for either kind it may be read as. */
  readonly content: string;
  readonly keys: LicenseSpringKeys;
}

/** Control characters, line separators and marks that turn the direction of writing: none of them belongs in a name. */
const NOT_IN_NAMES = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu;

/** The greatest length of a field that becomes a line. */
const LONGEST_FIELD = 1000;

function lineOf(text: string | null, max: number): string | null {
  const line = (normalise(text ?? '', { form: 'NFC', max: LONGEST_FIELD }) ?? '').replace(NOT_IN_NAMES, ' ').trim();
  return line === '' ? null : [...line].slice(0, max).join('');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Makes a UUID of version 8 (RFC 9562) from a digest: the same request always has the same one. */
function idFrom(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function detailsOf({ fields, schema }: Verified): RequestDetails {
  const { client, identity } = identityOf(fields);
  return {
    schema,
    client,
    hardwareId: fields.hardware_id,
    productCode: fields.product,
    identity: identity.kind,
    password: identity.kind === 'user' ? fields.password : null,
    bundleCode: fields.bundle_code,
    licenceId: fields.license_id,
    isVm: fields.is_vm ?? false,
    variables: fields.variables ?? {},
    consumptions: fields.consumptions ?? 0,
  };
}

function deviceOf({ fields, keys }: Verified): DeviceDescription {
  const hostname = lineOf(fields.hostname ?? fields.os_hostname, 253);
  const hardware = hardwareDigest(keys.vendorId, fields.hardware_id);
  return {
    name: lineOf(hostname, 100) ?? machineName(hardware),
    platform: lineOf(fields.os_ver, 100) ?? 'unknown',
    hostname,
    appVersion: lineOf(fields.app_ver, 100),
    fingerprint: { version: 1, components: { hardware } },
  };
}

/** Collects the reported use of features and of the licence itself since the last answer. */
function usageOf({ consumptions, product_features }: RequestFields): Record<string, number> {
  const usage = new Map<string, number>(consumptions === null ? [] : [[LICENCE_CONSUMPTION, consumptions]]);
  for (const { code, consumptions: used } of product_features ?? []) usage.set(code, (usage.get(code) ?? 0) + (used ?? 0));
  return Object.fromEntries(usage);
}

/** Maps a verified request to the request of the rules. Hardware id, and licence key or user name, are encrypted for storage. */
export async function toRequest(verified: Verified): Promise<ActivationRequest | DeactivationProof> {
  const { kind, fields, schema, content, keys } = verified;
  const { client, identity } = identityOf(fields);
  const issuedAt = fields.date.at;
  const common = {
    dialect: 'licensespring' as const,
    // Only version 2 signs the id: in version 1 any holder of the file could change it.
    requestId: (schema === 2 ? fields.request_id : null) ?? idFrom(sha256(content)),
    // The kind is part of the digest but not of the id: read as the other kind, the same bytes are refused for their repeated id.
    payloadDigest: sha256(`${kind}\n${content}`).toString('base64url'),
    deviceKey: deviceKeyOf({ identity, hardwareId: fields.hardware_id, productCode: fields.product }),
    issuedAt,
    details: detailsOf(verified),
  };
  if (kind === 'deactivation')
    return { ...common, kind, activationId: null, leaseSequence: 1, usage: usageOf(fields), reason: null };
  const replyTo: ReplyTo = {
    hardwareId: { sealed: await keys.vault.encrypt(fields.hardware_id) },
    identity: { kind: identity.kind, sealed: await keys.vault.encrypt(identity.text) },
    client,
    requestedAt: issuedAt.toISOString(),
    variables: fields.variables ?? {},
  };
  return {
    ...common,
    kind,
    productCode: fields.product,
    activationCode: identity.kind === 'user' ? userOf(identity.text) : identity.text,
    codeKind: identity.kind === 'user' ? 'licensespring-user' : 'activation-code',
    entitlementId: null,
    device: deviceOf(verified),
    requestedLease: null,
    fingerprintRequired: 1,
    keyIsOf: 'device',
    deviceJwk: null,
    replyTo,
  };
}
