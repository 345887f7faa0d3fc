import { beforeEach, describe, expect, test } from 'vitest';
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

describe('answers', () => {
  test('without a request there is nothing to answer', async () => {
    const elsewhere = await vendor.open((await deviceOn(memoryStore()).request(wanted)).text);
    expect(await applying(await vendor.answer(elsewhere, start))).toBe('answer-to-nothing');
    expect(await applying(await refresh(elsewhere, start))).toBe('not-activated');
    expect(await applying((await deviceOn(memoryStore()).request(wanted)).text)).toBe('answer-is-a-request');
    expect(await applying('hello')).toBe('file-not-recognised');
  });

  test('an answer for another device is refused', async () => {
    await ask();
    const elsewhere = await vendor.open((await deviceOn(memoryStore()).request(wanted)).text);
    expect(await applying(await vendor.answer(elsewhere, start))).toBe('answer-for-another-device');
  });

  test('an answer of a vendor with another root is refused', async () => {
    const request = await ask();
    const impostor = await makeVendor();
    expect(await applying(await impostor.answer(request, start))).toBe('answer-key-not-certified');
  });

  test('an answer by a key whose certificate has ended is refused, also when it is dated back', async () => {
    const ended = await makeVendor(days(-1));
    const other = deviceOn(memoryStore());
    const request = await ended.open((await other.request({ ...wanted, vendor: ended.vendorFile })).text);
    expect(await applying(await ended.answer(request, start), other)).toBe('answer-key-not-certified');
    const lease = { sequence: 1, startsAt: days(-2), endsAt: days(9000), graceEndsAt: null };
    expect(await applying(await ended.answer(request, days(-2), { lease }), other)).toBe('answer-key-not-certified');
  });

  test('the same answer twice, or one that was overtaken, changes nothing', async () => {
    const request = await ask();
    const response = await vendor.answer(request, start);
    expect(await applying(response)).toBe('applied');
    expect(await applying(response)).toBe('answer-out-of-date');
    const [second, third] = [
      await refresh(request, start),
      await refresh(request, start, { lease: { sequence: 3, startsAt: start, endsAt: days(30), graceEndsAt: null } }),
    ];
    expect(await applying(third)).toBe('applied');
    expect(await device().apply(second)).toMatchObject({
      rejection: { code: 'answer-out-of-date', facts: { current: 3, found: 2 } },
    });
  });

  test('a refresh of another activation, or before any, is refused', async () => {
    const request = await ask();
    expect(await applying(await refresh(request, start))).toBe('not-activated');
    await device().apply(await vendor.answer(request, start));
    expect(await applying(await refresh(request, start, { activationId: 'another' }))).toBe('answer-for-another-device');
  });

  test('an answer for another product is refused', async () => {
    const request = await ask();
    const other = { ...request, productCode: 'motion-viewer' };
    expect(await device().apply(await vendor.answer(other, start))).toMatchObject({
      rejection: { code: 'answer-for-another-product', facts: { expected: 'motion-studio', found: 'motion-viewer' } },
    });
  });

  test('a file that a device wrote is not applied', async () => {
    const { text } = await device().request(wanted);
    expect(await applying(text)).toBe('answer-is-a-request');
  });

  test('a refused answer leaves the licence as it is', async () => {
    const request = await activate();
    await device().apply('hello');
    await device().apply(await refresh(request, start, { activationId: 'another' }));
    expect(await device().status()).toMatchObject({ state: 'active', reply: { lease: { sequence: 1 } } });
  });
});

describe('the machine', () => {
  test('one changed component of three does not stop the software, two do', async () => {
    await activate();
    machine.components = { ...machine.components, hostname: 'renamed' };
    expect(await statusCode()).toBe('active');
    machine.components = { ...machine.components, cpu: 'B' };
    expect(await device().status()).toMatchObject({
      rejection: { code: 'fingerprint-differs', facts: { matched: 1, required: 2 } },
    });
  });

  test('an answer is not applied on a copy of the state on another machine', async () => {
    const request = await ask();
    machine.components = { cpu: 'Z', hostname: 'other', machine: '9999' };
    expect(await applying(await vendor.answer(request, start))).toBe('fingerprint-differs');
  });
});
