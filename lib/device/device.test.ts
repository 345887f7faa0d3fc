import { base64url } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { nativeDialect } from '@/lib/dialects/native/dialect';
import { memoryStore } from './state-store';
import {
  activate,
  applying,
  ask,
  days,
  device,
  deviceOn,
  machine,
  refresh,
  resetMachine,
  start,
  statusCode,
  vendor,
  wanted,
} from './testing/harness';
import { makeVendor } from './testing/vendor';

beforeEach(resetMachine);

describe('a round trip', () => {
  test('a device asks, is answered, runs, is refreshed, and gives its seat back', async () => {
    expect(await device().status()).toMatchObject({ mayRun: false, state: 'not-activated' });
    const request = await ask();
    expect(await device().status()).toMatchObject({ mayRun: false, state: 'pending', pendingRequestId: request.requestId });
    await device().apply(await vendor.answer(request, start));
    expect(await device().status()).toMatchObject({
      mayRun: true,
      state: 'active',
      reply: { lease: { sequence: 1 } },
      pendingRequestId: null,
    });
    expect(await applying(await refresh(request, days(0)))).toBe('applied');
    expect(await device().status()).toMatchObject({ state: 'active', reply: { lease: { sequence: 2 } } });

    const proof = await device().deactivate({ reason: 'scrapped', usage: { axes: 3 } });
    expect(await device().status()).toMatchObject({ mayRun: false, state: 'deactivated', rejection: { code: 'not-activated' } });
    const known = { ...vendor.keys, deviceKey: async () => ({ kty: 'OKP', ...Object(request.deviceJwk) }) };
    const opened = proof.ok && (await nativeDialect.open({ name: null, bytes: new TextEncoder().encode(proof.text) }, known));
    expect(opened).toMatchObject({
      kind: 'deactivation',
      deviceKey: request.deviceKey,
      leaseSequence: 2,
      reason: 'scrapped',
      usage: { axes: 3 },
    });
  });

  test('files that are applied at once are applied one after the other, and a refused one undoes nothing', async () => {
    const request = await ask();
    await device().apply(await vendor.answer(request, start));
    const refreshed = await refresh(request, days(0));
    const one = device();
    const applied = await Promise.all(['hello', refreshed, 'hello', refreshed].map((file) => one.apply(file)));
    expect(applied.map(({ ok }) => ok)).toEqual([false, true, false, false]);
    expect(await one.status()).toMatchObject({ state: 'active', reply: { lease: { sequence: 2 } } });
  });

  test('the components are digests under the vendor, and no value leaves the machine', async () => {
    const request = await ask();
    const digest = new Uint8Array(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode('acme-motion|hostname|press-7')),
    );
    expect(request.device.fingerprint.components.hostname).toBe(base64url.encode(digest));
  });

  test('P-256 keys do as well', async () => {
    const request = await vendor.open((await device().request({ ...wanted, curve: 'P-256' })).text);
    expect(request.deviceJwk).toMatchObject({ kty: 'EC' });
    expect(await applying(await vendor.answer(request, start))).toBe('applied');
  });

  test('two hundred devices live side by side in one process', async () => {
    const devices = Array.from({ length: 200 }, () => deviceOn(memoryStore()));
    const requests = await Promise.all(devices.map(async (one) => vendor.open((await one.request(wanted)).text)));
    expect(new Set(requests.map((request) => request.deviceKey)).size).toBe(200);
  });
});

describe('requests', () => {
  test('asking again keeps the keys and makes the older answer worthless', async () => {
    const [first, second] = [await ask(), await ask()];
    expect(second.deviceKey).toBe(first.deviceKey);
    expect(second.requestId).not.toBe(first.requestId);
    expect(await applying(await vendor.answer(first, start))).toBe('answer-to-another-request');
    expect(await applying(await vendor.answer(second, start))).toBe('applied');
  });

  test('an activated device may ask again; it runs on meanwhile', async () => {
    const first = await activate();
    const second = await ask();
    expect(second.deviceKey).toBe(first.deviceKey);
    expect(await device().status()).toMatchObject({ state: 'active', pendingRequestId: second.requestId });
    const lease = { sequence: 2, startsAt: start, endsAt: days(90), graceEndsAt: null };
    expect(await applying(await vendor.answer(second, start, { lease }))).toBe('applied');
  });

  test('after deactivation the keys are new', async () => {
    const first = await activate();
    await device().deactivate();
    expect((await ask()).deviceKey).not.toBe(first.deviceKey);
  });

  test('the exchange key of the last reply is used from then on, unless a newer build brings another', async () => {
    const request = await ask();
    const kid = await vendor.rotateExchangeKey();
    await device().apply(await vendor.answer(request, start));
    const kidOf = (token: string) => JSON.parse(new TextDecoder().decode(base64url.decode(token.split('.')[0] ?? ''))).kid;
    expect(kidOf((await device().request(wanted)).token)).toBe(kid);
    const newBuild = (await makeVendor()).vendorFile.exchange_public_jwk;
    const { token } = await device().request({ ...wanted, vendor: { ...vendor.vendorFile, exchange_public_jwk: newBuild } });
    expect(kidOf(token)).not.toBe(kid);
  });

  test('the licence of one vendor is not overwritten by the software of another', async () => {
    await activate();
    const other = { ...vendor.vendorFile, vendor_id: 'other' };
    await expect(device().request({ ...wanted, vendor: other })).rejects.toThrow('expected software of the vendor acme-motion');
    expect(await statusCode()).toBe('active');
  });
});

test('a state that was edited is not believed: the lease is read from the signed answer', async () => {
  await activate();
  const state = JSON.parse((await machine.store.load()) ?? '');
  await machine.store.save(
    JSON.stringify({ ...state, activation: { ...state.activation, leaseSequence: 99, productCode: 'other' } }),
  );
  expect(await device().status()).toMatchObject({ reply: { lease: { sequence: 1 }, rights: { productCode: 'motion-studio' } } });
  const answer = state.activation.answer.replace('Device: Press line 7', 'Device: Press line 8');
  await machine.store.save(JSON.stringify({ ...state, activation: { ...state.activation, answer } }));
  expect(await statusCode()).toBe('file-headers-differ');
  await machine.store.save('{}');
  await expect(device().status()).rejects.toThrow('expected the state of a device');
});
