import type { UploadedFile } from '@/lib/dialects/dialect';
import type { WrittenFile } from '@/lib/dialects/native/write-request';
import type { Applied } from './apply-answer';
import { applyAnswer } from './apply-answer';
import type { Deactivated, DeactivateInput } from './deactivate';
import { deactivate } from './deactivate';
import type { Machine, Refused } from './device';
import type { DeviceStatus } from './read-status';
import { readStatus } from './read-status';
import type { RequestInput } from './request-activation';
import { requestActivation } from './request-activation';

/** The licence of one product on one machine without a network. Concurrent calls run one after the other. */
export interface OfflineDevice {
  request(input: RequestInput): Promise<WrittenFile>;
  apply(file: UploadedFile | string): Promise<Applied | Refused>;
  status(): Promise<DeviceStatus>;
  deactivate(input?: DeactivateInput): Promise<Deactivated | Refused>;
}

/**
 * The reference client of the native format (docs/formats/native.md). Clock, store and machine are arguments, so that one
 * process can run a thousand devices.
 */
export function openDevice(machine: Machine): OfflineDevice {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(act: () => Promise<Value>): Promise<Value> => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };
  const fileOf = (file: UploadedFile | string) =>
    typeof file === 'string' ? { name: null, bytes: new TextEncoder().encode(file) } : file;
  return {
    request: (input) => inTurn(() => requestActivation(machine, input)),
    apply: (file) => inTurn(() => applyAnswer(machine, fileOf(file))),
    status: () => inTurn(() => readStatus(machine)),
    deactivate: (input) => inTurn(() => deactivate(machine, input)),
  };
}
