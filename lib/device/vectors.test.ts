import { describe, expect, test } from 'vitest';
import { readBadVectors, readGoodVectors, readVectorKeys } from '@/lib/dialects/native/testing/read-vectors';
import type { GoodVector } from '@/lib/dialects/native/testing/vector';
import { bytesOf } from '@/lib/dialects/native/testing/vector';
import type { VectorKeys } from '@/lib/dialects/native/testing/vector-keys';
import type { OfflineDevice } from './index';
import { openDevice } from './index';
import type { StateStore } from './state-store';
import { memoryStore } from './state-store';

const keys = readVectorKeys();
const now = new Date('2026-09-22T00:00:00Z');
const components = { cpu: 'GenuineIntel 6 158', mac: '00:1b:21:4d:5e:6f', machine: 'f3a1c09d5be84f0f8d7c2f0c8a5b1e42' };
const responses = readGoodVectors('replies').filter(({ kind }) => kind === 'activation-response');
const refreshes = readGoodVectors('replies').filter(({ kind }) => kind === 'refresh');

/** A device of the vectors that has written their request and waits for the answer. */
async function waiting(device: VectorKeys['device']): Promise<{ store: StateStore; device: OfflineDevice }> {
  const store = memoryStore();
  const state = {
    format: 1,
    vendor: {
      vendor_id: keys.vendor_id,
      name: 'Acme Motion',
      root_public_jwk: keys.root.publicJwk,
      exchange_public_jwk: keys.exchange_retiring.publicJwk,
    },
    exchangeJwk: keys.exchange_retiring.publicJwk,
    latestSeenAt: now,
    deviceName: 'Press line 7',
    componentValues: null,
    playedOn: null,
    keys: device,
    pending: { requestId: '3f0c7a52-6a7e-4b0f-9d3a-2f1f6f0a9c11', productCode: 'motion-studio', writtenAt: now },
    activation: null,
    proof: null,
  };
  await store.save(JSON.stringify(state));
  const clock = { now: () => now, followsFileTimes: false };
  return { store, device: openDevice({ store, clock, readComponents: () => components }) };
}

function fileOf(vector: Parameters<typeof bytesOf>[0]) {
  return { name: null, bytes: bytesOf(vector) };
}

function named<Vector extends { name: string }>(vectors: readonly Vector[]): (readonly [string, Vector])[] {
  return vectors.map((vector) => [vector.name, vector] as const);
}

describe('the published files, applied', () => {
  test.each(named(responses))('%s: activates the device', async (_, vector) => {
    const { device, store } = await waiting(keys.device);
    expect(await device.apply(fileOf(vector))).toMatchObject({ ok: true });
    expect(await device.status()).toMatchObject({ mayRun: true, state: 'active', reply: { lease: { sequence: 1 } } });
    expect(JSON.parse((await store.load()) ?? '').exchangeJwk).toEqual(keys.exchange.publicJwk);
  });

  test.each(named(refreshes.filter(isFor(keys.device))))('%s: renews the lease', async (_, vector) => {
    const { device } = await waiting(keys.device);
    for (const response of responses.slice(0, 1)) await device.apply(fileOf(response));
    expect(await device.apply(fileOf(vector))).toMatchObject({ ok: true });
    expect(await device.status()).toMatchObject({ mayRun: true, reply: { lease: { sequence: 4 } } });
  });

  test.each(named(refreshes.filter(isFor(keys.device_p256))))('%s: is opened by its own device only', async (_, vector) => {
    const own = await waiting(keys.device_p256);
    expect(await own.device.apply(fileOf(vector))).toMatchObject({ rejection: { code: 'not-activated' } });
    const other = await waiting(keys.device);
    expect(await other.device.apply(fileOf(vector))).toMatchObject({ rejection: { code: 'answer-for-another-device' } });
  });

  test.each(named(readBadVectors('replies')))('%s: changes nothing', async (_, vector) => {
    const { device, store } = await waiting(keys.device);
    const before = JSON.parse((await store.load()) ?? '');
    expect(await device.apply(fileOf(vector))).toMatchObject({ ok: false, rejection: { code: vector.code } });
    expect(JSON.parse((await store.load()) ?? '')).toEqual(before);
  });
});

function isFor(device: VectorKeys['device']) {
  return ({ claims }: GoodVector) => 'aud' in claims && claims.aud === device.signing.kid;
}
