import type { OfflineDevice } from '@/lib/device/index';
import { openDevice } from '@/lib/device/index';
import { memoryStore } from '@/lib/device/state-store';
import type { VendorFile } from '@/lib/dialects/native/vendor-file';
import type { OperationContext } from '@/lib/operations/context';
import { commitFile } from '@/lib/operations/exchange/commit-file';
import { showExchange } from '@/lib/operations/exchange/show-exchange';
import { submitFile } from '@/lib/operations/exchange/submit-file';
import { issueRefresh } from '@/lib/operations/leases/issue-refresh';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { releaseSeat } from '@/lib/operations/seats/release-seat';
import type { DemoDevice } from './demo-fleet';
import { atSomeHour, daysBefore } from './demo-time';
import type { SeededEntitlement } from './seed-catalogue';

/** Something that happens to a demo device at an instant. */
export interface Scene {
  readonly at: Date;
  play(): Promise<void>;
}

interface Playing {
  readonly vendor: VendorFile;
  readonly today: Date;
  /** As the person who carries the files, and as the one who may release seats. */
  readonly as: (who: 'member' | 'admin', now: Date) => OperationContext;
  readonly entitlement: SeededEntitlement;
  readonly device: DemoDevice;
  /** Different for every device. */
  readonly index: number;
}

/** The device itself, with a clock that the scenes set. */
function makeDevice({ device, index }: Playing): { client: OfflineDevice; setClock: (at: Date) => void } {
  const offDays = 'clockOffDays' in device ? (device.clockOffDays ?? 0) : 0;
  let shown = new Date(0);
  const client = openDevice({
    store: memoryStore(),
    clock: { now: () => shown, followsFileTimes: false },
    readComponents: () => ({ machine: `demo-machine-${index}`, cpu: `demo-cpu-${index}`, mac: `demo-mac-${index}` }),
  });
  return { client, setClock: (at) => (shown = daysBefore(at, -offDays)) };
}

function toHost(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

async function submit(context: OperationContext, file: { fileName: string; text: string }): Promise<string> {
  const input = { fileName: file.fileName, bytes: new TextEncoder().encode(file.text) };
  return (await performOrThrow(submitFile, input, context)).submissionId;
}

async function exchange(context: OperationContext, file: { fileName: string; text: string }) {
  const submissionId = await submit(context, file);
  const { exchangeId } = await performOrThrow(commitFile, { submissionId }, context);
  const { exchange: answered, reply } = await performOrThrow(showExchange, { exchangeId }, context);
  return { activationId: answered.activationId ?? '', reply };
}

/** The scenes of a device, to be played in the order of time among those of all devices. */
export function scenesOf(playing: Playing): Scene[] {
  const { device, today, as, index, vendor, entitlement } = playing;
  const machine = makeDevice(playing);
  const on = (days: number) => atSomeHour(daysBefore(today, days), index);
  const request = (at: Date, { client, setClock } = machine) => {
    setClock(at);
    const host = toHost(device.name);
    const { product: productCode, activationCode } = entitlement;
    const appVersion = `4.${index % 7}.1`;
    return client.request({
      vendor,
      productCode,
      activationCode,
      deviceName: device.name,
      platform: 'linux-x64',
      hostname: host,
      appVersion,
    });
  };
  if ('submittedDaysAgo' in device) {
    const at = on(device.submittedDaysAgo);
    return [{ at, play: async () => void (await submit(as('member', at), await request(at))) }];
  }

  let activationId = '';
  const activate = async (at: Date, installation = machine) => {
    const answered = await exchange(as('member', at), await request(at, installation));
    activationId = answered.activationId;
    await installation.client.apply(answered.reply?.text ?? '');
  };
  const { reinstalledDaysAgo } = device;
  const anew = { at: on(reinstalledDaysAgo ?? 0), play: () => activate(on(reinstalledDaysAgo ?? 0), makeDevice(playing)) };
  return [
    { at: on(device.activatedDaysAgo), play: () => activate(on(device.activatedDaysAgo)) },
    ...(reinstalledDaysAgo === undefined ? [] : [anew]),
    ...laterScenes({ ...playing, device }, { ...machine, on, activationId: () => activationId }),
  ];
}

interface Stage {
  readonly client: OfflineDevice;
  readonly setClock: (at: Date) => void;
  readonly on: (days: number) => Date;
  readonly activationId: () => string;
}

type Activated = Exclude<DemoDevice, { readonly submittedDaysAgo: number }>;

function laterScenes({ device, as }: Playing & { device: Activated }, { client, setClock, on, activationId }: Stage): Scene[] {
  const refreshes = (device.refreshedDaysAgo ?? []).map((days): Scene => {
    const at = on(days);
    const play = async () => void (await performOrThrow(issueRefresh, { activationId: activationId() }, as('member', at)));
    return { at, play };
  });
  const giveBack = async (at: Date) => {
    setClock(at);
    const proof = await client.deactivate({ usage: device.usage ?? {} });
    if (!proof.ok) throw new Error(`expected ${device.name} to be deactivated, found ${proof.rejection.code}`);
    await exchange(as('member', at), proof);
  };
  const release = async (at: Date) => {
    const input = { activationId: activationId(), reason: 'lost', note: 'Not found at the last inventory' };
    await performOrThrow(releaseSeat, input, as('admin', at));
  };
  const { deactivatedDaysAgo, releasedDaysAgo } = device;
  return [
    ...refreshes,
    ...(deactivatedDaysAgo === undefined ? [] : [{ at: on(deactivatedDaysAgo), play: () => giveBack(on(deactivatedDaysAgo)) }]),
    ...(releasedDaysAgo === undefined ? [] : [{ at: on(releasedDaysAgo), play: () => release(on(releasedDaysAgo)) }]),
  ];
}
