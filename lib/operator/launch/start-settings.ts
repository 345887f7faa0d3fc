import { isIP, isIPv6 } from 'node:net';
import { readTrustedProxies } from '@/lib/operations/trusted-proxies';
import type { Settings } from './settings';
import { readSettings, SettingsError } from './settings';

/** What a start of the portal needs to know beside what every command does. */
export interface StartSettings extends Settings {
  /** The address or name that the portal listens on; null: every address of the machine. */
  readonly host: string | null;
  /** Where people reach the portal. */
  readonly url: string;
}

/** @throws SettingsError */
export function readStartSettings(environment: NodeJS.ProcessEnv = process.env): StartSettings {
  const settings = readSettings(environment);
  const host = readHost(environment) ?? (readProxies(environment) > 0 ? '127.0.0.1' : null);
  const url = readUrl(environment) ?? `http://${nameOf(host)}:${settings.port}`;
  return { ...settings, host, url };
}

/** How a web address names the address that the portal listens on. */
export function nameOf(host: string | null): string {
  if (host === null || ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

function readHost({ HOST: text }: NodeJS.ProcessEnv): string | null {
  const host = text?.trim() ?? '';
  if (host === '') return null;
  const isName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i.test(host);
  if (isName || (isIP(host) !== 0 && !host.includes('%'))) return host;
  throw new SettingsError(
    `HOST: expected an address of this machine to listen on, such as 127.0.0.1, ::1 or 0.0.0.0 (every one), without port or brackets, found ${JSON.stringify(text)}. The port is PORT.`,
  );
}

function readProxies({ TRUST_PROXY: text }: NodeJS.ProcessEnv): number {
  const proxies = readTrustedProxies(text);
  if (proxies !== null) return proxies;
  throw new SettingsError(
    `TRUST_PROXY: expected how many proxies of yours stand in front, true for one or false for none, found ${JSON.stringify(text)}.`,
  );
}

function readUrl({ NEXTAUTH_URL: text }: NodeJS.ProcessEnv): string | null {
  if (!text) return null;
  if (URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)) return text;
  throw new SettingsError(
    `NEXTAUTH_URL: expected where people reach the portal, such as https://portal.example.com, found ${JSON.stringify(text)}.`,
  );
}
