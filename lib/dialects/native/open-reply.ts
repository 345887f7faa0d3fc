import type { KeyObject } from 'node:crypto';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import type { LicensedRights } from '@/lib/licensing/exchange/reply';
import type { Lease } from '@/lib/licensing/leases/lease';
import { reject } from '@/lib/licensing/refusals/rejection';
import { verifySigningKeyCertificate } from '@/lib/signing/certificate';
import { decryptJwe, readJwe } from '@/lib/signing/jwe';
import type { PublicJwk } from '@/lib/signing/jwk';
import { readJws, verifyJws } from '@/lib/signing/jws';
import type { UploadedFile } from '../dialect';
import { DialectError } from '../dialect';
import { readText } from '../read-text';
import { checkHeaders, readArmour, shownOfReply } from './armour';
import { KINDS } from './kind';
import { checkKind, checkVersion, parseClaims, readClaims, withDialectErrors } from './open-token';
import type { ReplyClaims } from './token-claims';
import { refreshClaims, responseClaims, seconds } from './token-claims';

/** The vendor data of the build, and the device's own keys. */
export interface ReplyReader {
  readonly vendorId: string;
  readonly rootPublicJwk: PublicJwk;
  /** Thumbprint of the device's signing key: the audience. */
  readonly deviceKey: string;
  /** Thumbprint and private half of the device's exchange key. */
  readonly exchangeKid: string;
  readonly exchangePrivateKey: KeyObject;
}

/** A verified reply: signed by a key the vendor root certified, for this device. Whether it may be applied is still to be decided. */
export interface OpenedReply {
  readonly kind: 'activation-response' | 'refresh';
  readonly replyId: string;
  readonly activationId: string;
  /** The request this answers; null in a refresh. */
  readonly inResponseTo: string | null;
  readonly issuedAt: Date;
  readonly serverTime: Date;
  /** Device clock minus portal clock, in whole seconds, as the portal saw it. */
  readonly clockSkewSeconds: number;
  readonly lease: Lease;
  readonly rights: LicensedRights;
  /** Null where the portal left it out. */
  readonly customerName: string | null;
  readonly fingerprint: Fingerprint;
  readonly fingerprintRequired: number;
  /** The exchange key to write to from now on. */
  readonly exchangeJwk: PublicJwk;
  /** End of the certificate of the key that signed. */
  readonly signingKeyExpiresAt: Date;
}

/** Opens a file of the portal, on the device: runs the checks of docs/formats/native.md, rules, that need no state. @throws DialectError */
export function openReply(file: UploadedFile, reader: ReplyReader): Promise<OpenedReply> {
  return withDialectErrors(() => open(file, reader));
}

function open(file: UploadedFile, reader: ReplyReader): OpenedReply {
  // It is text of a size that a reply can have, and holds one block or one bare token.
  const armour = readArmour(readText(file));

  // Its label names a file that the portal writes.
  if (armour.kind !== null && KINDS[armour.kind].from !== 'portal') throw new DialectError(reject('answer-is-a-request'));

  // It is encrypted in the one way that is allowed, to this device.
  const jwe = readJwe(armour.token);
  if (jwe.header.kid !== reader.exchangeKid) throw new DialectError(reject('answer-for-another-device'));
  const jws = readJws(decryptJwe(jwe, reader.exchangePrivateKey));

  // It is signed as a kind of file that the portal writes, the one its label says.
  const kind = checkKind({ typ: jws.header.typ, armour, from: 'portal', otherSide: 'answer-is-a-request' });
  const raw = readClaims(jws);

  // The key that signed was certified by the vendor root for the time of signing.
  const issued = seconds.safeParse(raw.iat);
  if (!issued.success) throw new DialectError(reject('claims-refused', { problem: 'iat' }));
  const { vendorId, rootPublicJwk } = reader;
  const certificate = jws.header.key_cert ?? '';
  const key = verifySigningKeyCertificate({ certificate, rootPublicJwk, vendorId, at: new Date(issued.data * 1000) });
  if (jws.header.kid !== key.kid) throw new DialectError(reject('token-header-refused', { member: 'kid' }));
  verifyJws(jws, key.publicJwk);

  // It is of this version, from this vendor and for this device.
  checkVersion(raw);
  if (raw.iss !== vendorId) throw new DialectError(reject('vendor-differs'));
  if (raw.aud !== reader.deviceKey) throw new DialectError(reject('answer-for-another-device'));

  // It has all required claims, its times are in order, and its header lines agree.
  const claims: ReplyClaims = parseClaims(kind === 'refresh' ? refreshClaims : responseClaims, raw);
  checkHeaders(armour.headerText, shownOfReply(claims));
  return { ...toReply(claims), kind, signingKeyExpiresAt: key.expiresAt };
}

function toDate(at: number): Date {
  return new Date(at * 1000);
}

function toDateOrNull(at: number | undefined): Date | null {
  return at === undefined ? null : toDate(at);
}

function toFeature([code, value]: [string, boolean | number]): Feature {
  return typeof value === 'boolean' ? { code, kind: 'on-off', enabled: value } : { code, kind: 'counted', limit: value };
}

function toRights({ entitlement }: ReplyClaims): LicensedRights {
  return {
    entitlementId: entitlement.id,
    productCode: entitlement.product,
    offeringCode: entitlement.offering,
    planType: entitlement.type,
    features: Object.entries(entitlement.features).map(toFeature),
    attributes: entitlement.attributes,
    termEndsAt: toDateOrNull(entitlement.term_ends_at),
    maintenanceEndsAt: toDateOrNull(entitlement.maintenance_ends_at),
    seats: entitlement.seats,
  };
}

function toReply(claims: ReplyClaims): Omit<OpenedReply, 'kind' | 'signingKeyExpiresAt'> {
  const { lease, fingerprint } = claims;
  return {
    replyId: claims.jti,
    activationId: claims.sub,
    inResponseTo: claims.in_response_to ?? null,
    issuedAt: toDate(claims.iat),
    serverTime: toDate(claims.server_time),
    clockSkewSeconds: claims.clock_skew_seconds,
    lease: {
      sequence: lease.sequence,
      startsAt: toDate(lease.starts_at),
      endsAt: toDate(lease.ends_at),
      graceEndsAt: toDateOrNull(lease.grace_ends_at),
    },
    rights: toRights(claims),
    customerName: claims.customer?.name ?? null,
    fingerprint: { version: fingerprint.version, components: fingerprint.components },
    fingerprintRequired: fingerprint.required,
    exchangeJwk: claims.exchange_jwk,
  };
}
