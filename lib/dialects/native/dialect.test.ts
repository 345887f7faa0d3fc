import { expect, test } from 'vitest';
import type { Reply } from '@/lib/licensing/exchange/reply';
import { generateExchangeKeyPair, importExchangeKey, importSigningKey } from '@/lib/signing/key-pair';
import { describeDialect } from '../testing/describe-dialect';
import { nativeDialect } from './dialect';
import { openReply } from './open-reply';
import type { NativeKeys } from './opening-keys';
import { portalOfVectors, readerOfVectors, readVectorKeys } from './testing/read-vectors';
import { COMPONENTS } from './testing/sample-claims';
import { writeDeactivationProof } from './write-proof';
import { writeActivationRequest } from './write-request';

const keys = readVectorKeys();
const portal = await portalOfVectors(keys);
const to = { vendorId: keys.vendor_id, exchangeJwk: keys.exchange.publicJwk };
const issuedAt = new Date('2026-09-21T14:13:20Z');

function makeRequest(device = keys.device) {
  return writeActivationRequest({
    to,
    keys: device,
    content: {
      requestId: crypto.randomUUID(),
      issuedAt,
      productCode: 'motion-studio',
      activationCode: '7KQ2M-XW9PD-4HTRB-YCV6N',
      entitlementId: null,
      device: {
        name: 'Presse\u0301 7 > B',
        platform: 'win32-x64',
        hostname: 'press-7',
        appVersion: null,
        fingerprint: { version: 1, components: COMPONENTS },
      },
      requestedLease: 'P30D',
    },
  });
}

function makeProof() {
  const content = {
    requestId: crypto.randomUUID(),
    issuedAt,
    activationId: crypto.randomUUID(),
    leaseSequence: 2,
    usage: {},
    reason: null,
    deviceName: 'Press line 7',
    productCode: 'motion-studio',
  };
  return writeDeactivationProof({ to, signing: keys.device.signing, content });
}

const reply: Reply = {
  details: null,
  kind: 'activation-response',
  replyId: '5d6e7f80-9192-4a3b-8c4d-5e6f708192a3',
  vendorId: keys.vendor_id,
  activationId: '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e',
  inResponseTo: '3f0c7a52-6a7e-4b0f-9d3a-2f1f6f0a9c11',
  deviceKey: keys.device.signing.kid,
  deviceName: 'Press line 7',
  replyTo: { exchange_jwk: { ...keys.device.exchange.publicJwk } },
  lease: {
    sequence: 1,
    startsAt: issuedAt,
    endsAt: new Date('2026-12-20T14:13:20Z'),
    graceEndsAt: new Date('2026-12-27T14:13:20Z'),
  },
  rights: {
    entitlementId: '0198f3ef-1111-7222-8333-444455556666',
    productCode: 'motion-studio',
    offeringCode: 'pro-yearly',
    planType: 'perpetual',
    features: [
      { code: 'export', kind: 'on-off', enabled: true },
      { code: 'axes', kind: 'counted', limit: 8 },
    ],
    attributes: { region: 'EU' },
    termEndsAt: null,
    maintenanceEndsAt: new Date('2027-01-01T00:00:00Z'),
    seats: 5,
  },
  customerName: 'Mu\u0308ller & Söhne KG',
  fingerprint: { version: 1, components: COMPONENTS },
  fingerprintRequired: 2,
  serverTime: new Date('2026-09-21T14:13:20.750Z'),
  clockSkewSeconds: -1,
};

const replyKey = {
  kid: keys.signing.kid,
  alg: 'Ed25519',
  privateKey: importSigningKey(keys.signing.privateJwk),
  certificate: keys.signing.certificate,
  exchangeJwk: { ...keys.exchange.publicJwk },
} as const;

describeDialect<NativeKeys>({
  dialect: nativeDialect,
  async makeFiles() {
    const [request, proof] = [await makeRequest(), await makeProof()];
    return [
      { kind: 'activation', text: request.text, keys: portal },
      { kind: 'deactivation', text: proof.text, keys: portal },
    ];
  },
  async makeWrongKeys() {
    const privateKey = importExchangeKey((await generateExchangeKeyPair()).privateJwk);
    return { ...portal, exchangeKey: async () => ({ status: 'open', privateKey }) };
  },
});

test('a request says what its writer said, in NFC', async () => {
  const written = await makeRequest();
  const opened = await nativeDialect.open({ name: written.fileName, bytes: new TextEncoder().encode(written.text) }, portal);
  expect(opened).toMatchObject({
    requestId: written.requestId,
    issuedAt,
    device: { name: 'Pressé 7 > B' },
    requestedLease: 'P30D',
  });
  expect(written.fileName).toBe('Pressé 7 - B.activation-request');
  const bare = await nativeDialect.open({ name: null, bytes: new TextEncoder().encode(written.token) }, portal);
  expect(bare).toEqual(opened);
});

test('a reply reaches its device as the portal decided it', async () => {
  const sealed = await nativeDialect.seal(reply, { native: async () => replyKey });
  expect(sealed.fileName).toBe('Press line 7.activation-response');
  const opened = await openReply(
    { name: null, bytes: new TextEncoder().encode(sealed.text) },
    await readerOfVectors(keys, keys.device),
  );
  const { replyId, inResponseTo, activationId, lease, rights, fingerprint, fingerprintRequired, clockSkewSeconds } = reply;
  expect(opened).toMatchObject({
    replyId,
    inResponseTo,
    activationId,
    lease,
    rights,
    fingerprint,
    fingerprintRequired,
    clockSkewSeconds,
  });
  expect(opened).toMatchObject({ kind: reply.kind, customerName: 'Müller & Söhne KG', serverTime: issuedAt });
});

test('a refresh answers no request and goes to a P-256 device as well', async () => {
  const device = keys.device_p256;
  const replyTo = { exchange_jwk: { ...device.exchange.publicJwk } };
  const refresh: Reply = { ...reply, kind: 'refresh', inResponseTo: null, deviceKey: device.signing.kid, replyTo };
  const sealed = await nativeDialect.seal(refresh, { native: async () => replyKey });
  const file = { name: sealed.fileName, bytes: new TextEncoder().encode(sealed.text) };
  expect(await openReply(file, await readerOfVectors(keys, device))).toMatchObject({ kind: 'refresh', inResponseTo: null });
  await expect(nativeDialect.open(file, portal)).rejects.toMatchObject({ rejection: { code: 'file-is-an-answer' } });
});

test('what does not fit the format is never sealed', async () => {
  const backwards = { ...reply, lease: { ...reply.lease, endsAt: new Date('2020-01-01T00:00:00Z') } };
  await expect(nativeDialect.seal(backwards, { native: async () => replyKey })).rejects.toThrow('expected starts_at <= ends_at');
});

test('a device renamed to something that is no line of text is named by its key', async () => {
  const sealed = await nativeDialect.seal({ ...reply, deviceName: 'two\nlines' }, { native: async () => replyKey });
  expect(sealed.text).toContain(`\nDevice: ${keys.device.signing.kid}\n`);
  const file = { name: null, bytes: new TextEncoder().encode(sealed.text) };
  expect(await openReply(file, await readerOfVectors(keys, keys.device))).toMatchObject({ activationId: reply.activationId });
});
