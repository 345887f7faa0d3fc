import 'server-only';
import type { Settings } from '@/lib/settings/settings';
import { readSettings } from '@/lib/settings/settings';
import { deriveVisitorKey } from './guest/visitor-ticket';

let read: Settings | null = null;

/** What the environment of the web server says, read at start. @throws SettingsError */
export function settings(): Settings {
  read ??= readSettings();
  return read;
}

/** What the launcher always gives the web server. @throws Error when the server was started without it */
export function required<Value>(name: string, value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error(`expected ${name} in the environment, found nothing`);
  return value;
}

/** Secret of cookies. */
export function portalSecret(): string {
  return required('NEXTAUTH_SECRET', settings().secrets.sessionSecret);
}

/** Where people reach the portal, such as `https://portal.example.com`. */
export function portalUrl(): URL {
  return new URL(settings().url);
}

/** Cookies are marked secure when the portal is reached by https, and only then: on http://localhost browsers would drop them. */
export function usesSecureCookies(): boolean {
  return portalUrl().protocol === 'https:';
}

let keyOfVisitors: Uint8Array | null = null;

/** Key of the tickets of browsers that are not signed in. */
export function visitorKey(): Uint8Array {
  keyOfVisitors ??= deriveVisitorKey(portalSecret());
  return keyOfVisitors;
}

/** How many proxies stand before the portal. Their forwarding headers are believed; with 0 those headers are dropped before anything reads them. */
export function trustedProxies(): number {
  return settings().trustedProxies;
}
