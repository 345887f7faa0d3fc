import { z } from 'zod';
import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import { encryptTo } from '@/lib/signing/jwe';
import { signClaims } from '@/lib/signing/jws';
import { renderHeaders, shownOfReply, writeArmour } from './armour';
import { fileNameFor } from './file-name';
import { KINDS } from './kind';
import type { ReplyKey } from './opening-keys';
import { toNfc } from './to-nfc';
import type { ReplyClaims } from './token-claims';
import { exchangeKey, line, refreshClaims, responseClaims } from './token-claims';

const replyTo = z.compile(z.object({ exchange_jwk: exchangeKey }));
const deviceLine = z.compile(line(100));

function toSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

function toFeatures(features: readonly Feature[]): Record<string, boolean | number> {
  return Object.fromEntries(
    features.map((feature) => [feature.code, feature.kind === 'on-off' ? feature.enabled : feature.limit]),
  );
}

function toEntitlement({ rights }: Reply) {
  return {
    id: rights.entitlementId,
    product: rights.productCode,
    offering: rights.offeringCode,
    type: rights.planType,
    features: toFeatures(rights.features),
    attributes: { ...rights.attributes },
    ...(rights.termEndsAt === null ? {} : { term_ends_at: toSeconds(rights.termEndsAt) }),
    ...(rights.maintenanceEndsAt === null ? {} : { maintenance_ends_at: toSeconds(rights.maintenanceEndsAt) }),
    seats: rights.seats,
  };
}

function toLease({ lease }: Reply) {
  return {
    sequence: lease.sequence,
    starts_at: toSeconds(lease.startsAt),
    ends_at: toSeconds(lease.endsAt),
    ...(lease.graceEndsAt === null ? {} : { grace_ends_at: toSeconds(lease.graceEndsAt) }),
  };
}

/** Maps a reply to claims, parsed by the same schema that the device uses. */
function toClaims(reply: Reply, key: ReplyKey): ReplyClaims {
  const claims = {
    v: 1,
    iss: reply.vendorId,
    aud: reply.deviceKey,
    sub: reply.activationId,
    jti: reply.replyId,
    iat: toSeconds(reply.serverTime),
    ...(reply.kind === 'refresh' ? {} : { in_response_to: reply.inResponseTo }),
    exp: toSeconds(reply.lease.endsAt),
    lease: toLease(reply),
    entitlement: toEntitlement(reply),
    ...(reply.customerName === null ? {} : { customer: { name: reply.customerName } }),
    fingerprint: { required: reply.fingerprintRequired, ...reply.fingerprint },
    exchange_jwk: key.exchangeJwk,
    server_time: toSeconds(reply.serverTime),
    clock_skew_seconds: reply.clockSkewSeconds,
    ...(deviceLine.safeParse(reply.deviceName).success ? { ext: { device: reply.deviceName } } : {}),
  };
  return (reply.kind === 'refresh' ? refreshClaims : responseClaims).parse(toNfc(claims));
}

/**
 * Signs a reply with the vendor's key, encrypts it to the device's exchange key and writes the file. Sealing twice gives two different
 * texts, so the text is stored and handed out again, never made again.
 *
 * @throws ZodError when the reply does not fit the format, which is a fault of the portal's data
 */
export function sealReply(reply: Reply, key: ReplyKey): SealedFile {
  const claims = toClaims(reply, key);
  const { exchange_jwk: recipient } = replyTo.parse(reply.replyTo);
  const header = { typ: KINDS[reply.kind].typ, kid: key.kid, key_cert: key.certificate };
  const token = encryptTo(signClaims({ claims, header, signer: key }), recipient);
  const text = writeArmour({ kind: reply.kind, headers: renderHeaders(shownOfReply(claims)), token });
  return { fileName: fileNameFor(reply.deviceName, reply.kind), text };
}
