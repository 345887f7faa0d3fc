import { beforeEach, describe, expect, test } from 'vitest';
import { activate, ask, days, device, deviceOn, machine, resetMachine, start, statusCode, vendor } from './testing/harness';

beforeEach(resetMachine);

describe('deactivation', () => {
  test('needs an activation', async () => {
    expect(await device().deactivate()).toMatchObject({ ok: false, rejection: { code: 'not-activated' } });
    await ask();
    expect(await device().deactivate()).toMatchObject({ ok: false, rejection: { code: 'not-activated' } });
  });

  test('leaves neither key nor lease, and the proof can be read again until the next activation', async () => {
    await activate();
    const before = JSON.parse((await machine.store.load()) ?? '');
    const proof = await device().deactivate();
    const after = (await machine.store.load()) ?? '';
    expect(after).not.toContain(before.keys.signing.privateJwk.d);
    expect(after).not.toContain(before.keys.exchange.privateJwk.d);
    expect(JSON.parse(after)).toMatchObject({ keys: null, activation: null, pending: null });
    expect(await device().deactivate()).toEqual(proof);

    const request = await ask();
    expect(await device().deactivate()).toEqual(proof);
    await device().apply(await vendor.answer(request, start));
    expect(await device().deactivate()).not.toEqual(proof);
  });

  test('works with an ended lease and a wrong clock: a seat can always be given back', async () => {
    await activate();
    machine.now = days(400);
    expect(await statusCode()).toBe('lease-ended');
    machine.now = days(-400);
    expect(await device().deactivate()).toMatchObject({ ok: true });
  });

  test('when the power fails before the save, the licence is whole and no proof is out', async () => {
    await activate();
    const failing = deviceOn({ ...machine.store, save: () => Promise.reject(new Error('power cut')) });
    await expect(failing.deactivate()).rejects.toThrow('power cut');
    expect(await statusCode()).toBe('active');
  });
});
