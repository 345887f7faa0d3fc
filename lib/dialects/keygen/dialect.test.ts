import { describe, expect, test } from 'vitest';
import type { Reply } from '@/lib/licensing/exchange/reply';
import { DialectError } from '../dialect';
import { looksArmoured } from '../native/armour';
import { readGoodVectors } from '../native/testing/read-vectors';
import { bytesOf } from '../native/testing/vector';
import { describeDialect } from '../testing/describe-dialect';
import { keygenDialect } from './dialect';
import { makeKey } from './testing/bad-keys';
import { deviceText } from './testing/device-texts';
import { contentOfFile } from './testing/file-content';
import type { BadText, GoodText } from './testing/read-vectors';
import { issuerOf, keysOf, readVectorKeys, readVectors } from './testing/read-vectors';
import { CREATED, FINGERPRINT, MACHINE_FILE } from './testing/samples';

const keys = readVectorKeys();
const portal = keysOf(keys);
const texts = readVectors<{ good: GoodText[]; bad: BadText[] }>('device-texts');
const licenceKeys = readVectors<{ good: GoodText[]; bad: BadText[] }>('licence-keys');

function fileOf(text: string, id?: string) {
  return { name: null, bytes: new TextEncoder().encode(text), ...(id === undefined ? {} : { id }) };
}

async function refusalOf(text: string): Promise<object> {
  try {
    return { opened: await keygenDialect.open(fileOf(text), portal) };
  } catch (error) {
    if (error instanceof DialectError) return error.rejection;
    throw error;
  }
}

describeDialect({
  dialect: keygenDialect,
  makeFiles: async () => texts.good.map(({ text }) => ({ kind: 'activation' as const, text, keys: portal })),
  makeWrongKeys: async () => keysOf({ ...keys, issuer: keys.other, retired: keys.other }),
  notAuthentic: 'keygen-key-not-authentic',
  signsCodeOnly: true,
});

describe('what a device page shows', () => {
  test('says which licence and which machine, and states a time only where it does', async () => {
    const [plain, full] = texts.good;
    const opened = await keygenDialect.open(fileOf(plain?.text ?? '', 'submission-1'), portal);
    const { key } = JSON.parse(JSON.stringify(plain?.opened));
    expect(opened).toMatchObject({
      requestId: 'submission-1',
      activationCode: key,
      codeKind: 'keygen-key',
      productCode: null,
      issuedAt: null,
      keyIsOf: 'device',
      fingerprintRequired: 1,
      // Without a name of its own it has one that says nothing of its fingerprint, the same every time.
      device: { name: expect.stringMatching(/^Machine [2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{2}$/) },
      details: { scheme: 'ED25519_SIGN', fingerprint: FINGERPRINT },
    });
    expect(await keygenDialect.open(fileOf(full?.text ?? ''), portal)).toMatchObject({
      deviceKey: opened.deviceKey,
      issuedAt: new Date(CREATED),
      device: { name: 'Press line 7', fingerprint: opened.device.fingerprint },
    });
  });

  test('names a machine on one licence: another licence or another fingerprint is another', async () => {
    const [one, two] = [await makeKey({ keys, scheme: 'ED25519_SIGN' }), await makeKey({ keys, scheme: 'ECDSA_P256_SIGN' })];
    const opened = await Promise.all(
      [
        { key: one, fingerprint: 'a' },
        { key: one, fingerprint: 'b' },
        { key: two, fingerprint: 'a' },
      ].map((members) => keygenDialect.open(fileOf(deviceText(members)), portal)),
    );
    expect(new Set(opened.map(({ deviceKey }) => deviceKey)).size).toBe(3);
  });

  test('is read with white space anywhere, and with a key of any scheme, now or from before a rotation', async () => {
    for (const { text: key } of licenceKeys.good) {
      const text = deviceText({ key, fingerprint: 'machine' }).replace(/.{50}/g, '$&\r\n ');
      expect(keygenDialect.detect(text)).toBe(true);
      expect(await keygenDialect.open(fileOf(text), portal)).toMatchObject({ activationCode: key });
    }
  });

  test.each(texts.bad.map((bad) => [bad.name, bad.code, bad] as const))('%s: %s', async (_, code, { text, facts = {} }) => {
    expect(keygenDialect.detect(text)).toBe(true);
    expect(await refusalOf(text)).toMatchObject({ code, facts });
  });

  test.each(licenceKeys.bad.map((bad) => [bad.name, bad.code, bad] as const))(
    'with a licence key %s: %s',
    async (_, code, { text: key, facts = {} }) => {
      expect(await refusalOf(deviceText({ key, fingerprint: 'machine' }))).toMatchObject({ code, facts });
    },
  );

  test('is refused while the portal has no keys of this kind', async () => {
    const text = texts.good[0]?.text ?? '';
    const none = { ...portal, keygen: { account: keys.account, verifiers: async () => [] } };
    await expect(keygenDialect.open(fileOf(text), none)).rejects.toMatchObject({ rejection: { code: 'keygen-keys-missing' } });
  });
});

describe('other files', () => {
  test('of the native format are not taken for ours, nor ours for native ones where they are whole', () => {
    for (const vector of [...readGoodVectors('requests'), ...readGoodVectors('replies')]) {
      expect(keygenDialect.detect(new TextDecoder().decode(bytesOf(vector)))).toBe(false);
    }
    for (const { text } of texts.good) expect(looksArmoured(text)).toBe(false);
  });

  test.each([
    { license_key: 'A', hardware_id: 'B', product: 'C', key: 'D' },
    { request: 'activation', fingerprint: 'x' },
    { data: 'eyJrZXki', signature: 'AAAA' },
    ['key', 'fingerprint'],
    'key',
  ])('base64 of JSON with other members is not: %j', (members) => {
    expect(keygenDialect.detect(deviceText(members))).toBe(false);
  });

  test.each(['A letter. With dots.', 'ABCDEF', '0198F3-EF', 'eyJhbGciOiJFQ0RILUVTIn0.AAAA', '12345.67890'])(
    'a text that only begins alike is not: %s',
    (text) => {
      expect(keygenDialect.detect(text)).toBe(text === '0198F3-EF');
    },
  );
});

describe('an answer', () => {
  const startsAt = new Date('2026-03-01T10:00:00Z');
  const { key } = MACHINE_FILE.licence;
  const secret = `${key}${FINGERPRINT}`;

  async function answer(change: { details?: object; clockSkewSeconds?: number }): Promise<{ name: string; meta: unknown }> {
    const reply: Reply = {
      kind: 'activation-response',
      replyId: 'reply-1',
      vendorId: 'vendor-1',
      activationId: 'activation-1',
      inResponseTo: 'submission-1',
      deviceKey: 'device-1',
      deviceName: 'Press line 7',
      replyTo: { sealed: await portal.vault.encrypt(JSON.stringify({ key, fingerprint: FINGERPRINT })) },
      lease: { sequence: 1, startsAt, endsAt: new Date('2026-03-31T10:00:00Z'), graceEndsAt: null },
      rights: {
        entitlementId: 'entitlement-1',
        productCode: 'motion-studio',
        offeringCode: 'pro',
        planType: 'perpetual',
        features: [],
        attributes: {},
        termEndsAt: null,
        maintenanceEndsAt: null,
        seats: 5,
      },
      customerName: 'Example Ltd',
      fingerprint: { version: 1, components: {} },
      fingerprintRequired: 1,
      serverTime: startsAt,
      clockSkewSeconds: change.clockSkewSeconds ?? 0,
      details: JSON.parse(JSON.stringify({ ...MACHINE_FILE, ...change.details })),
    };
    const sealed = await keygenDialect.seal(reply, { keygen: async () => issuerOf(keys) });
    const content = contentOfFile(sealed.text, secret) as { meta: unknown };
    return { name: sealed.fileName, meta: content.meta };
  }

  test('is the machine file of this machine, good for the time its details say', async () => {
    expect(await answer({ details: { ttlSeconds: 86_400 } })).toEqual({
      name: '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e.lic',
      meta: { issued: '2026-03-01T10:00:00.000Z', expiry: '2026-03-02T10:00:00.000Z', ttl: 86_400 },
    });
  });

  test.each([31_536_000, null])('never lasts longer than its lease: %s', async (ttlSeconds) => {
    const meta = { issued: '2026-03-01T10:00:00.000Z', expiry: '2026-03-31T10:00:00.000Z', ttl: 2_592_000 };
    expect(await answer({ details: { ttlSeconds } })).toMatchObject({ meta });
  });

  test('is not issued after the clock of a device that is behind, and lasts as long by that clock', async () => {
    const meta = { issued: '2026-03-01T08:59:59.000Z', expiry: '2026-03-02T08:59:59.000Z', ttl: 86_400 };
    expect(await answer({ details: { ttlSeconds: 86_400 }, clockSkewSeconds: -3600 })).toMatchObject({ meta });
  });

  test('is issued now for a device whose clock is ahead', async () => {
    expect(await answer({ clockSkewSeconds: 7200 })).toMatchObject({ meta: { issued: '2026-03-01T10:00:00.000Z' } });
  });

  test('is not made of details that do not fit', async () => {
    await expect(answer({ details: { machine: { id: 'x' } } })).rejects.toThrow('fingerprint');
  });
});
