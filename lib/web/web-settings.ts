import 'server-only';
import type { Settings } from '@/lib/settings/settings';
import { readSettings } from '@/lib/settings/settings';
import { deriveVisitorKey } from './guest/visitor-ticket';

let read: Settings | null = null;

/** Gets the settings from the environment, read at first use. @throws SettingsError */
export function settings(): Settings {
  read ??= readSettings();
  return read;
}

/** Gets a setting that the launcher always provides. @throws Error when it is missing */
export function required<Value>(name: string, value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error(`expected ${name} in the environment, found nothing`);
  return value;
}

/** Gets the secret of session cookies, from which the key of visitor tickets is derived. */
export function portalSecret(): string {
  return required('NEXTAUTH_SECRET', settings().secrets.sessionSecret);
}

/** Gets the address of the portal, such as `https://portal.example.com`. */
export function portalUrl(): URL {
  return new URL(settings().url);
}

/** Says whether cookies are marked secure: only by https, since some browsers drop them on http://localhost. */
export function usesSecureCookies(): boolean {
  return portalUrl().protocol === 'https:';
}

let keyOfVisitors: Uint8Array | null = null;

/** Gets the key of visitor tickets. */
export function visitorKey(): Uint8Array {
  keyOfVisitors ??= deriveVisitorKey(portalSecret());
  return keyOfVisitors;
}

/** Gets the number of trusted proxies. With 0, forwarding headers are dropped on arrival. */
export function trustedProxies(): number {
  return settings().trustedProxies;
}
