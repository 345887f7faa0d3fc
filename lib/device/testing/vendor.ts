import { nativeDialect } from '@/lib/dialects/native/dialect';
import type { NativeKeys, ReplyKey } from '@/lib/dialects/native/opening-keys';
import type { VendorFile } from '@/lib/dialects/native/vendor-file';
import { vendorFile } from '@/lib/dialects/native/vendor-file';
import type { Reply } from '@/lib/licensing/exchange/reply';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';
import { certifySigningKey } from '@/lib/signing/certificate';
import { generateExchangeKeyPair, generateSigningKeyPair, importExchangeKey, importSigningKey } from '@/lib/signing/key-pair';

const DAY_MS = 86_400_000;

/** A vendor without a database: opens the files of devices, and answers them as a test needs it. */
export interface TestVendor {
  readonly vendorFile: VendorFile;
  readonly keys: NativeKeys;
  open(text: string): Promise<ActivationRequest>;
  /** A lease of 90 days from `at`, changed as the test needs it. */
  answer(request: ActivationRequest, at: Date, change?: Partial<Reply>): Promise<string>;
  /** From now on replies carry another exchange key. */
  rotateExchangeKey(): Promise<string>;
}

function replyTo(request: ActivationRequest, at: Date): Reply {
  return {
    kind: 'activation-response',
    replyId: crypto.randomUUID(),
    vendorId: 'acme-motion',
    activationId: '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e',
    inResponseTo: request.requestId,
    deviceKey: request.deviceKey,
    deviceName: request.device.name,
    replyTo: request.replyTo,
    lease: { sequence: 1, startsAt: at, endsAt: new Date(at.getTime() + 90 * DAY_MS), graceEndsAt: null },
    rights: {
      entitlementId: 'entitlement-1',
      productCode: request.productCode ?? 'motion-studio',
      offeringCode: 'pro-yearly',
      planType: 'subscription',
      features: [
        { code: 'export', kind: 'on-off', enabled: true },
        { code: 'axes', kind: 'counted', limit: 8 },
      ],
      attributes: {},
      termEndsAt: null,
      maintenanceEndsAt: null,
      seats: 5,
    },
    customerName: 'Example Ltd',
    fingerprint: request.device.fingerprint,
    fingerprintRequired: 2,
    serverTime: at,
    clockSkewSeconds: 0,
    details: null,
  };
}

/** Makes a vendor with fresh keys; its certificate ends at `certifiedUntil`. */
export async function makeVendor(certifiedUntil = new Date('2036-01-01T00:00:00Z')): Promise<TestVendor> {
  const [root, signing, first] = await Promise.all([
    generateSigningKeyPair(),
    generateSigningKeyPair(),
    generateExchangeKeyPair(),
  ]);
  const exchangeKeys = [first];
  const certificate = certifySigningKey({
    rootPrivateJwk: root.privateJwk,
    vendorId: 'acme-motion',
    publicJwk: signing.publicJwk,
    notBefore: new Date('2020-01-01T00:00:00Z'),
    expiresAt: certifiedUntil,
  });
  const privateKey = importSigningKey(signing.privateJwk);
  const keys: NativeKeys = {
    vendorId: 'acme-motion',
    async exchangeKey(kid) {
      const pair = exchangeKeys.find((candidate) => candidate.kid === kid);
      return pair && { status: 'open', privateKey: importExchangeKey(pair.privateJwk) };
    },
    deviceKey: async () => undefined,
  };
  const exchangeJwk = () => ({ ...(exchangeKeys.at(-1) ?? first).publicJwk });
  const replyKey = (): ReplyKey => ({ kid: signing.kid, alg: 'Ed25519', privateKey, certificate, exchangeJwk: exchangeJwk() });
  return {
    vendorFile: vendorFile.parse({
      vendor_id: 'acme-motion',
      name: 'Acme Motion',
      root_public_jwk: root.publicJwk,
      exchange_public_jwk: first.publicJwk,
    }),
    keys,
    async open(text) {
      const opened = await nativeDialect.open({ name: null, bytes: new TextEncoder().encode(text) }, keys);
      if (opened.kind !== 'activation') throw new TypeError(`expected a request, found ${opened.kind}`);
      return opened;
    },
    async answer(request, at, change = {}) {
      return (await nativeDialect.seal({ ...replyTo(request, at), ...change }, { native: async () => replyKey() })).text;
    },
    async rotateExchangeKey() {
      const pair = await generateExchangeKeyPair();
      exchangeKeys.push(pair);
      return pair.kid;
    },
  };
}
