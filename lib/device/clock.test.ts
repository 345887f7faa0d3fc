import { beforeEach, describe, expect, test } from 'vitest';
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
} from './testing/harness';

beforeEach(resetMachine);

describe('the clock', () => {
  test('the software runs until the end of the lease and in its grace, and not after', async () => {
    await activate({ lease: { sequence: 1, startsAt: start, endsAt: days(90), graceEndsAt: days(97) } });
    machine.now = new Date(days(90).getTime() - 1);
    expect(await statusCode()).toBe('active');
    machine.now = days(90);
    expect(await statusCode()).toBe('grace');
    machine.now = days(97);
    expect(await device().status()).toMatchObject({
      rejection: { code: 'lease-ended', facts: { endedAt: days(97).toISOString() } },
    });
  });

  test('a refresh brings a stopped device back', async () => {
    const request = await activate();
    machine.now = days(100);
    expect(await statusCode()).toBe('lease-ended');
    expect(await applying(await refresh(request, machine.now))).toBe('applied');
    expect(await statusCode()).toBe('active');
  });

  test('an answer whose lease has ended, or is still to come, is not applied', async () => {
    const request = await ask();
    const lease = { sequence: 1, startsAt: days(2), endsAt: days(90), graceEndsAt: null };
    expect(await applying(await vendor.answer(request, start, { lease }))).toBe('lease-not-started');
    machine.now = days(91);
    expect(await applying(await vendor.answer(request, start, { lease }))).toBe('lease-ended');
  });

  test('set back by a day it runs, by more it does not, and right again it does', async () => {
    await activate();
    machine.now = days(30);
    expect(await statusCode()).toBe('active');
    machine.now = days(29);
    expect(await statusCode()).toBe('active');
    machine.now = new Date(days(29).getTime() - 1);
    expect(await device().status()).toMatchObject({
      rejection: { code: 'clock-set-back', facts: { latest: days(30).toISOString() } },
    });
    machine.now = days(30);
    expect(await statusCode()).toBe('active');
  });

  test('the time of the portal in an answer counts as seen', async () => {
    const request = await ask();
    machine.now = days(-2);
    expect(await applying(await vendor.answer(request, start))).toBe('clock-set-back');
  });

  test('the times of files count as seen where they follow the same clock', async () => {
    await activate();
    const written = { ...machine.store, latestFileTime: async () => days(10) };
    expect(await deviceOn(written, false).status()).toMatchObject({ mayRun: true });
    expect(await deviceOn(written, true).status()).toMatchObject({ rejection: { code: 'clock-set-back' } });
  });

  test('a clock that was ten years ahead can be set right before the first answer', async () => {
    machine.now = days(3650);
    const request = await ask();
    machine.now = start;
    expect(await applying(await vendor.answer(request, start))).toBe('applied');
    expect(await statusCode()).toBe('active');
  });

  test('a device ten years behind asks, and runs once its clock is right', async () => {
    machine.now = days(-3650);
    const request = await ask();
    const answer = await vendor.answer(request, start);
    expect(await applying(answer)).toBe('clock-set-back');
    machine.now = start;
    expect(await applying(answer)).toBe('applied');
  });
});
