import type { KeyObject } from 'node:crypto';
import { hash } from 'node:crypto';
import type { ActivationRequest, DeactivationProof, DeviceRequest } from '@/lib/licensing/exchange/request';
import { reject } from '@/lib/licensing/refusals/rejection';
import { decryptJwe, readJwe } from '@/lib/signing/jwe';
import type { PublicJwk } from '@/lib/signing/jwk';
import { thumbprintOf } from '@/lib/signing/jwk';
import type { UnverifiedJws } from '@/lib/signing/jws';
import { readJws, verifyJws } from '@/lib/signing/jws';
import type { Observe, UploadedFile } from '../dialect';
import { DialectError } from '../dialect';
import { readText } from '../read-text';
import type { Armoured } from './armour';
import { checkHeaders, readArmour, shownOfProof, shownOfRequest } from './armour';
import type { NativeCheck } from './checks';
import { KINDS } from './kind';
import type { RawClaims } from './open-token';
import { checkKind, checkVersion, maskSecrets, parseClaims, readClaims, withDialectErrors } from './open-token';
import type { NativeKeys } from './opening-keys';
import type { ProofClaims, RequestClaims } from './token-claims';
import { digest, proofClaims, requestClaims, signingKey } from './token-claims';

/** Opens a file of a device: runs the checks of docs/formats/native.md, rules, cheap ones first. @throws DialectError */
export function openRequest(file: UploadedFile, keys: NativeKeys, observe?: Observe): Promise<DeviceRequest> {
  return withDialectErrors(() => open(file, keys, observe));
}

type Passed = (check: NativeCheck, learnt?: Readonly<Record<string, unknown>>) => void;

async function open(file: UploadedFile, keys: NativeKeys, observe: Observe | undefined): Promise<DeviceRequest> {
  const passed: Passed = observe ?? (() => undefined);

  // It is text of a size that a request can have, and holds one block or one bare token.
  const armour = readArmour(readText(file));
  passed('block');

  // Its label names a file that devices write.
  if (armour.kind !== null && KINDS[armour.kind].from !== 'device') throw new DialectError(reject('file-is-an-answer'));
  passed('direction');

  // It is encrypted in the one way that is allowed, with no other member in its header.
  const jwe = readJwe(armour.token);
  passed('encryption', jwe.header);

  // It is encrypted to an exchange key of the portal that still opens requests.
  const privateKey = await resolveExchangeKey(jwe.header.kid, keys);
  passed('exchange-key');

  // It was encrypted to that key and is unchanged.
  const jws = readJws(decryptJwe(jwe, privateKey));
  passed('decryption', jws.header);

  // It is signed as a kind of file that devices write, the one its label says.
  const kind = checkKind({ typ: jws.header.typ, armour, from: 'device', otherSide: 'file-is-an-answer' });
  passed('kind');
  const claims = readClaims(jws);
  passed('payload', observe && maskSecrets(claims));

  // Its signer has the device key.
  const deviceJwk = kind === 'deactivation' ? await resolveDeviceKey(claims, keys) : readDeviceKey(claims);
  const deviceKey = checkKeyProof({ jws, claims, deviceJwk });
  passed('device-key');

  // It is of this version and for this vendor.
  checkVersion(claims);
  passed('version');
  if (claims.aud !== keys.vendorId) throw new DialectError(reject('vendor-differs'));
  passed('vendor');

  // It has all required claims, and no others.
  const opened = { armour, deviceKey, passed, payloadDigest: hash('sha256', jws.payload, 'base64url') };
  if (kind === 'deactivation') return toProof({ claims: parseClaims(proofClaims, claims), ...opened });
  return toRequest({ claims: parseClaims(requestClaims, claims), ...opened });
}

async function resolveExchangeKey(kid: string, keys: NativeKeys): Promise<KeyObject> {
  const answer = await keys.exchangeKey(kid);
  if (answer === undefined) throw new DialectError(reject('exchange-key-unknown'));
  if (answer.status === 'open') return answer.privateKey;
  throw new DialectError(reject('exchange-key-retired', { openedUntil: answer.openedUntil.toISOString() }));
}

/** Takes the device key from the request: the signature then proves possession of it, nothing more. */
function readDeviceKey(claims: RawClaims): PublicJwk {
  const cnf = claims.cnf;
  const jwk = signingKey.safeParse(typeof cnf === 'object' && cnf !== null && 'jwk' in cnf ? cnf.jwk : undefined);
  if (!jwk.success) throw new DialectError(reject('claims-refused', { problem: 'cnf.jwk' }));
  return jwk.data;
}

/** Finds the key of the activation that a proof must be signed with. */
async function resolveDeviceKey(claims: RawClaims, keys: NativeKeys): Promise<PublicJwk> {
  const thumbprint = digest.safeParse(claims.iss);
  if (!thumbprint.success) throw new DialectError(reject('claims-refused', { problem: 'iss' }));
  const known = await keys.deviceKey(thumbprint.data);
  const jwk = known === undefined ? undefined : signingKey.safeParse({ ...known });
  if (jwk?.success !== true) throw new DialectError(reject('activation-unknown'));
  return jwk.data;
}

/** Verifies the signature by the device key. @returns its thumbprint */
function checkKeyProof(input: { jws: UnverifiedJws; claims: RawClaims; deviceJwk: PublicJwk }): string {
  const { jws, claims, deviceJwk } = input;
  const thumbprint = thumbprintOf(deviceJwk);
  if (jws.header.key_cert !== undefined) throw new DialectError(reject('token-header-refused', { member: 'key_cert' }));
  if ((jws.header.kid ?? thumbprint) !== thumbprint) throw new DialectError(reject('token-header-refused', { member: 'kid' }));
  verifyJws(jws, deviceJwk);
  if (claims.iss !== thumbprint) throw new DialectError(reject('claims-refused', { problem: 'iss' }));
  return thumbprint;
}

interface Verified<Claims> {
  readonly claims: Claims;
  readonly armour: Armoured;
  readonly deviceKey: string;
  readonly payloadDigest: string;
  readonly passed: Passed;
}

function toRequest({ claims, armour, deviceKey, payloadDigest, passed }: Verified<RequestClaims>): ActivationRequest {
  passed('claims');
  checkHeaders(armour.headerText, shownOfRequest(claims));
  passed('headers');
  const { device } = claims;
  return {
    dialect: 'native',
    kind: 'activation',
    requestId: claims.jti,
    payloadDigest,
    deviceKey,
    issuedAt: new Date(claims.iat * 1000),
    productCode: claims.product,
    activationCode: claims.activation_code,
    entitlementId: claims.entitlement ?? null,
    device: {
      name: device.name,
      platform: device.platform,
      hostname: device.hostname ?? null,
      appVersion: device.app_version ?? null,
      fingerprint: device.fingerprint,
    },
    requestedLease: claims.requested_lease ?? null,
    keyIsOf: 'activation',
    codeKind: 'activation-code',
    fingerprintRequired: null,
    details: null,
    deviceJwk: { ...claims.cnf.jwk },
    replyTo: { exchange_jwk: { ...claims.exchange_jwk } },
  };
}

function toProof({ claims, armour, deviceKey, payloadDigest, passed }: Verified<ProofClaims>): DeactivationProof {
  passed('claims');
  checkHeaders(armour.headerText, shownOfProof(claims));
  passed('headers');
  return {
    dialect: 'native',
    kind: 'deactivation',
    requestId: claims.jti,
    payloadDigest,
    deviceKey,
    issuedAt: new Date(claims.iat * 1000),
    activationId: claims.sub,
    leaseSequence: claims.lease_sequence,
    usage: claims.usage ?? {},
    reason: claims.reason ?? null,
    details: null,
  };
}
