import { expect } from 'vitest';
import type { Reply } from '@/lib/licensing/exchange/reply';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';
import type { OfflineDevice } from '../index';
import { openDevice } from '../index';
import type { StateStore } from '../state-store';
import { memoryStore } from '../state-store';
import { makeVendor } from './vendor';

const DAY_MS = 86_400_000;

/** When the tests begin. */
export const start = new Date('2026-09-21T14:13:20Z');

/** The vendor that every device of the tests is built for. */
export const vendor = await makeVendor();

/** The request of every device. */
export const wanted = {
  vendor: vendor.vendorFile,
  productCode: 'motion-studio',
  activationCode: '7KQ2M-XW9PD-4HTRB-YCV6N',
  deviceName: 'Press line 7',
  platform: 'linux-x64',
};

/** The instant that many days after {@link start}. */
export function days(count: number): Date {
  return new Date(start.getTime() + count * DAY_MS);
}

/** The machine of a test: its clock, parts and memory can be changed. */
export const machine: { now: Date; components: Record<string, string>; store: StateStore } = {
  now: start,
  components: {},
  store: memoryStore(),
};

/** Resets the machine of the test. */
export function resetMachine(): void {
  Object.assign(machine, { now: start, components: { cpu: 'A', hostname: 'press-7', machine: '1234' }, store: memoryStore() });
}

/** A device on the machine of the test, with a memory of its own. */
export function deviceOn(store: StateStore, followsFileTimes = true): OfflineDevice {
  return openDevice({ store, clock: { now: () => machine.now, followsFileTimes }, readComponents: () => machine.components });
}

/** The device of the test. */
export function device(): OfflineDevice {
  return deviceOn(machine.store);
}

/** A request of the device, as the portal opened it. */
export async function ask(): Promise<ActivationRequest> {
  return vendor.open((await device().request(wanted)).text);
}

/** Activates the device. Returns the request as the portal opened it, for later files. */
export async function activate(change: Partial<Reply> = {}): Promise<ActivationRequest> {
  const request = await ask();
  expect(await device().apply(await vendor.answer(request, start, change))).toMatchObject({ ok: true });
  return request;
}

/** A refresh file: the second lease of the activation, unless a test changes it. */
export async function refresh(request: ActivationRequest, at: Date, change: Partial<Reply> = {}): Promise<string> {
  const lease = { sequence: 2, startsAt: at, endsAt: new Date(at.getTime() + 90 * DAY_MS), graceEndsAt: null };
  return vendor.answer(request, at, { kind: 'refresh', inResponseTo: null, lease, ...change });
}

/** Applies an answer: `applied`, or the code of the refusal. */
export async function applying(text: string, on = device()): Promise<string> {
  const applied = await on.apply(text);
  return applied.ok ? 'applied' : applied.rejection.code;
}

/** `active` or `grace`, or the code of the refusal. */
export async function statusCode(): Promise<string> {
  const status = await device().status();
  return status.mayRun ? status.state : status.rejection.code;
}
