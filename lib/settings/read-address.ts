import { isIP, isIPv6 } from 'node:net';

/** Formats the address that the portal listens on as the host of a web address. */
export function formatHost(host: string | null): string {
  if (host === null || ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

/** Reads the address or name that the portal listens on. @throws Error what was expected */
export function readHost(text: string): string {
  const isName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i.test(text);
  if (isName || (isIP(text) !== 0 && !text.includes('%'))) return text;
  throw new Error(
    `expected an address of this machine to listen on, such as 127.0.0.1, ::1 or 0.0.0.0 (every one), without port or brackets, found ${JSON.stringify(text)}. The port is PORT.`,
  );
}

/**
 * Reads where people reach the portal.
 *
 * @returns its origin, such as `https://portal.example.com`, as browsers write it
 * @throws Error what was expected
 */
export function readPortalUrl(text: string): string {
  const expected = 'expected where people reach the portal, such as https://portal.example.com';
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:\/\//i.test(text)) {
    const hint = /^[a-z0-9.-]+(?::\d+)?(?:\/|$)/i.test(text) ? ' Write https:// or http:// before it.' : '';
    throw new Error(`${expected}, found ${JSON.stringify(withoutPassword(text))}.${hint}`);
  }
  if (url.username !== '' || url.password !== '')
    throw new Error(`${expected}, found one with a user name in it. Leave that out.`);
  if (url.pathname !== '/')
    throw new Error(
      `${expected}, found one with the path ${url.pathname}. The portal has a host name of its own, or a port; it cannot be reached below a path. Leave the path out.`,
    );
  if (url.search !== '' || url.hash !== '') throw new Error(`${expected}, found one with a query. End it after the host name.`);
  return url.origin;
}

function withoutPassword(text: string): string {
  return text.replace(/[^/]*@/, '…@');
}
