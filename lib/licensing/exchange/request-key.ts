import type { DeviceRequest } from './request';

/** Formats the unique key of a request: its dialect, its device and its own id. */
export function requestKeyOf({ dialect, deviceKey, requestId }: DeviceRequest): string {
  return `${dialect}:${deviceKey}:${requestId}`;
}
