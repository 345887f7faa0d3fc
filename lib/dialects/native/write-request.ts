import type { SealedFile } from '@/lib/licensing/exchange/reply';
import type { DeviceDescription } from '@/lib/licensing/exchange/request';
import { encryptTo } from '@/lib/signing/jwe';
import type { PublicJwk } from '@/lib/signing/jwk';
import { signClaims, signerOf } from '@/lib/signing/jws';
import type { KeyPair } from '@/lib/signing/key-pair';
import { renderHeaders, shownOfRequest, writeArmour } from './armour';
import { fileNameFor } from './file-name';
import { KINDS } from './kind';
import { toNfc } from './to-nfc';
import { requestClaims } from './token-claims';

/** A file that the device wrote, with the values of it that the device needs later. */
export interface WrittenFile extends SealedFile {
  /** The bare token, as a QR code carries it. */
  readonly token: string;
  readonly requestId: string;
}

/** The portal a device writes to. */
export interface WritesTo {
  readonly vendorId: string;
  /** The portal's current exchange key. */
  readonly exchangeJwk: PublicJwk;
}

/** The content of an activation request. */
export interface RequestContent {
  readonly requestId: string;
  readonly issuedAt: Date;
  readonly productCode: string;
  readonly activationCode: string;
  readonly entitlementId: string | null;
  readonly device: DeviceDescription;
  /** ISO 8601 duration; null for the longest lease there is. */
  readonly requestedLease: string | null;
}

function toClaims(input: { to: WritesTo; keys: { signing: KeyPair; exchange: KeyPair }; content: RequestContent }) {
  const { to, keys, content } = input;
  const { name, platform, hostname, appVersion, fingerprint } = content.device;
  return requestClaims.parse(
    toNfc({
      v: 1,
      iss: keys.signing.kid,
      aud: to.vendorId,
      iat: Math.floor(content.issuedAt.getTime() / 1000),
      jti: content.requestId,
      product: content.productCode,
      activation_code: content.activationCode,
      ...(content.entitlementId === null ? {} : { entitlement: content.entitlementId }),
      device: {
        name,
        platform,
        ...(hostname === null ? {} : { hostname }),
        ...(appVersion === null ? {} : { app_version: appVersion }),
        fingerprint,
      },
      cnf: { jwk: keys.signing.publicJwk },
      exchange_jwk: keys.exchange.publicJwk,
      ...(content.requestedLease === null ? {} : { requested_lease: content.requestedLease }),
    }),
  );
}

/**
 * Writes an activation request: signed with the device's key, encrypted to the portal. The JWS has no `kid`, because `iss` is the
 * thumbprint already and every byte counts in a QR code.
 *
 * @throws ZodError when the content does not fit the format
 */
export function writeActivationRequest(input: {
  to: WritesTo;
  keys: { signing: KeyPair; exchange: KeyPair };
  content: RequestContent;
}): WrittenFile {
  const claims = toClaims(input);
  const signer = signerOf(input.keys.signing.privateJwk);
  const jws = signClaims({ claims, header: { typ: KINDS['activation-request'].typ }, signer });
  const token = encryptTo(jws, input.to.exchangeJwk);
  const text = writeArmour({ kind: 'activation-request', headers: renderHeaders(shownOfRequest(claims)), token });
  return { fileName: fileNameFor(claims.device.name, 'activation-request'), text, token, requestId: claims.jti };
}
