import 'server-only';
import { readTrustedProxies } from '@/lib/operations/trusted-proxies';
import { deriveVisitorKey } from './guest/visitor-ticket';

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`expected ${name} in the environment, found nothing`);
  return value;
}

/** Secret of cookies. */
export function portalSecret(): string {
  return required('NEXTAUTH_SECRET');
}

/** Where people reach the portal, such as `https://portal.example.com`. */
export function portalUrl(): URL {
  return new URL(required('NEXTAUTH_URL'));
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

/** How many days the bytes of files are kept that came in (`FILES_KEPT_DAYS`): a year and a month, unless somebody says otherwise. */
export function filesKeptDays(): number {
  const value = process.env.FILES_KEPT_DAYS;
  const days = value === undefined || value === '' ? 400 : Number(value);
  if (Number.isInteger(days) && days >= 1) return days;
  throw new Error(`expected FILES_KEPT_DAYS to be a number of days, found ${value}`);
}

/** How many proxies stand before the portal. Their forwarding headers are believed; with 0 those headers are dropped before anything reads them. */
export function trustedProxies(): number {
  const proxies = readTrustedProxies(process.env.TRUST_PROXY);
  if (proxies === null)
    throw new Error(`expected TRUST_PROXY to be true, false or a number of proxies, found ${process.env.TRUST_PROXY}`);
  return proxies;
}
