import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pathOf, surfaceAt } from './check-request-line';

/** Where people reach the portal. */
export interface PortalAddress {
  readonly origin: string;
  /** True when no address was configured: every other name is accepted. */
  readonly isAssumed: boolean;
}

/** Path of the page that names the right address of the portal; scripts are redirected there. */
export const WRONG_ADDRESS_PATH = '/wrong-address';

function first(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text?.split(',', 1)[0]?.trim() || null;
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Says whether the opened address is the address of the portal. https instead of http is fine. */
function isSamePlace(opened: URL, portal: URL): boolean {
  return opened.origin === portal.origin || (opened.protocol === 'https:' && opened.hostname === portal.hostname);
}

/**
 * Finds the address under which a browser requested a page, from `X-Forwarded-Host` and `X-Forwarded-Proto`. Ignores `Host`, since many
 * proxies write their own name for the portal there. A client that forges these headers only misleads itself.
 */
function askedByName({ headers }: IncomingMessage, portal: URL): URL | null {
  const host = first(headers, 'x-forwarded-host');
  // Browsers send `Sec-Fetch-Mode` only by https or to localhost: then a second proxy behind the TLS end wrote `http`.
  const isHttp = first(headers, 'x-forwarded-proto') === 'http' && headers['sec-fetch-mode'] === undefined;
  const named = host === null ? null : urlOf(`${portal.protocol}//${host}`);
  if (named === null) return isHttp && portal.protocol === 'https:' ? urlOf(`http://${portal.hostname}`) : null;
  const isOther = named.hostname !== portal.hostname;
  if (isHttp && portal.protocol === 'https:') return urlOf(`http://${named.host}`);
  // Proxies drop the port as they like.
  return isOther ? named : null;
}

/**
 * Detects a browser that opened the portal by another name, or by http instead of https. Cookies do not work there, so signing in would fail.
 * Page requests are checked by the headers of proxies; forms by `Origin` (RFC 6454), which every browser sends.
 *
 * @returns false when the address is right or unknown, and for requests of other sites
 */
export function isAtWrongAddress(request: IncomingMessage, { origin, isAssumed }: PortalAddress): boolean {
  const { method = '', url: target = '', headers } = request;
  if (isAssumed || surfaceAt(target) !== 'pages') return false;
  if (pathOf(target) === WRONG_ADDRESS_PATH) return true;
  const portal = new URL(origin);
  if (method === 'GET' || method === 'HEAD') {
    const named = (headers.accept ?? '').includes('text/html') ? askedByName(request, portal) : null;
    return named !== null && !isSamePlace(named, portal);
  }
  const opened = urlOf(headers.origin ?? '');
  const site = headers['sec-fetch-site'];
  if (opened === null || isSamePlace(opened, portal)) return false;
  if (site !== undefined) return site === 'same-origin';
  return [portal.host, headers.host].some((host) => urlOf(`http://${host}`)?.hostname === opened.hostname);
}

/**
 * Replaces host and protocol headers by the configured address: signed API responses cover the host, and Next.js compares it with the origin of
 * an action. {@link isAtWrongAddress} has checked that origin before.
 */
export function rewriteAddress({ method = '', url: target = '', headers }: IncomingMessage, address: PortalAddress): void {
  const { origin } = headers;
  const sent = method === 'POST' && origin !== undefined && surfaceAt(target) === 'pages';
  if (!address.isAssumed) {
    const { host, protocol } = new URL(address.origin);
    Object.assign(headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
    if (sent) headers.origin = address.origin;
    return;
  }
  if (!sent) return;
  const opened = urlOf(origin);
  if (opened === null) headers.origin = `http://${headers.host}`;
  else headers['x-forwarded-host'] = opened.host;
}
