import { base64url } from 'jose';
import { describe, expect, test } from 'vitest';
import { detectDialect } from '../detect-dialect';
import { DialectError } from '../dialect';
import { DIALECTS } from '../formats';
import { nativeDialect } from './dialect';
import { openRequest } from './open';
import { openReply } from './open-reply';
import { portalOfVectors, readBadVectors, readerOfVectors, readGoodVectors, readVectorKeys } from './testing/read-vectors';
import { bytesOf } from './testing/vector';

const keys = readVectorKeys();
const portal = await portalOfVectors(keys);
const readers = await Promise.all([keys.device, keys.device_p256].map((device) => readerOfVectors(keys, device)));

async function refusalOf(open: () => Promise<unknown>): Promise<object> {
  try {
    return { opened: await open() };
  } catch (error) {
    if (error instanceof DialectError) return error.rejection;
    throw error;
  }
}

describe('on the portal', () => {
  test.each(readGoodVectors('requests').map((vector) => [vector.name, vector] as const))('%s: opens', async (_, vector) => {
    const file = { name: null, bytes: bytesOf(vector) };
    expect(detectDialect(Object.values(DIALECTS), file)).toBe(nativeDialect);
    const opened = await nativeDialect.open(file, portal);
    const { iss, jti, iat } = vector.claims as { iss: string; jti: string; iat: number };
    expect(opened).toMatchObject({
      dialect: 'native',
      kind: vector.kind === 'deactivation' ? 'deactivation' : 'activation',
      payloadDigest: vector.payload_digest,
      deviceKey: iss,
      requestId: jti,
      issuedAt: new Date(iat * 1000),
    });
  });

  test('every claim of a full request, and of a proof, reaches the core', async () => {
    const open = async (name: string) => {
      const vector = readGoodVectors('requests').find((candidate) => candidate.name === name);
      return vector && (await openRequest({ name: null, bytes: bytesOf(vector) }, portal));
    };
    expect(await open('request: every optional claim')).toMatchObject({
      productCode: 'motion-studio',
      activationCode: '7KQ2M-XW9PD-4HTRB-YCV6N',
      entitlementId: '0198f3ef-1111-7222-8333-444455556666',
      requestedLease: 'P30D',
      device: { name: 'Press line 7', platform: 'linux-x64', hostname: 'press-7.plant.example', appVersion: '4.2.0-beta.1' },
      deviceJwk: keys.device.signing.publicJwk,
      replyTo: { exchange_jwk: keys.device.exchange.publicJwk },
    });
    const activationId = '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e';
    const usage = { exports: 41 };
    expect(await open('proof')).toMatchObject({ activationId, leaseSequence: 3, usage, reason: 'Machine is scrapped' });
    expect(await open('proof: nothing optional in it')).toMatchObject({ leaseSequence: 1, usage: {}, reason: null });
  });

  test.each(readBadVectors('requests').map((vector) => [vector.name, vector.code, vector] as const))(
    '%s: %s',
    async (_, code, vector) => {
      const file = { name: null, bytes: bytesOf(vector) };
      const refused = await refusalOf(
        async () => detectDialect(Object.values(DIALECTS), file) && nativeDialect.open(file, portal),
      );
      expect(refused).toMatchObject({ code, ...(vector.facts === undefined ? {} : { facts: vector.facts }) });
      if (code !== 'file-not-recognised') expect(await refusalOf(() => openRequest(file, portal))).toEqual(refused);
    },
  );
});

describe('on the device', () => {
  test.each(readGoodVectors('replies').map((vector) => [vector.name, vector] as const))('%s: opens', async (_, vector) => {
    const claims = vector.claims as {
      aud: string;
      jti: string;
      exp: number;
      in_response_to?: string;
      customer?: { name: string };
    };
    const reader = readers.find((candidate) => candidate.deviceKey === claims.aud);
    expect(reader && (await openReply({ name: null, bytes: bytesOf(vector) }, reader))).toMatchObject({
      kind: vector.kind,
      replyId: claims.jti,
      inResponseTo: claims.in_response_to ?? null,
      lease: { endsAt: new Date(claims.exp * 1000) },
      rights: {
        productCode: 'motion-studio',
        planType: 'subscription',
        features: [
          { code: 'axes', kind: 'counted', limit: 8 },
          { code: 'export', kind: 'on-off', enabled: true },
          { code: 'simulation', kind: 'on-off', enabled: false },
        ],
        attributes: { region: 'EU', 'contract no.': 'Ä-2026/17' },
        seats: 5,
      },
      customerName: claims.customer?.name ?? null,
      fingerprintRequired: 2,
      exchangeJwk: keys.exchange.publicJwk,
      clockSkewSeconds: -259_200,
    });
  });

  test.each(readBadVectors('replies').map((vector) => [vector.name, vector.code, vector] as const))(
    '%s: %s',
    async (_, code, vector) => {
      const [reader] = readers;
      const refused = reader && (await refusalOf(() => openReply({ name: null, bytes: bytesOf(vector) }, reader)));
      expect(refused).toMatchObject({ code, ...(vector.facts === undefined ? {} : { facts: vector.facts }) });
    },
  );
});

describe('the vectors', () => {
  test('a full request with three components fits one QR code with room to spare (version 30 of 40 holds 1,732 bytes)', () => {
    const bare = readGoodVectors('requests').find(({ name }) => name === 'request: bare token');
    expect(bare && bytesOf(bare).byteLength).toBeLessThanOrEqual(1700);
  });

  test('no header names a member by accident: every good token has the six that the format lists', () => {
    for (const vector of [...readGoodVectors('requests'), ...readGoodVectors('replies')]) {
      if (!vector.name.endsWith('bare token')) continue;
      const [header = ''] = new TextDecoder().decode(bytesOf(vector)).split('.');
      const members = Object.keys(JSON.parse(new TextDecoder().decode(base64url.decode(header))));
      expect(members.sort()).toEqual(['alg', 'cty', 'enc', 'epk', 'kid', 'typ']);
    }
  });
});
