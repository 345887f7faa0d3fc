import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pathOf, surfaceAt } from './check-request-line';

/** Where people reach the portal. */
export interface PortalAddress {
  readonly origin: string;
  /** Nobody said so: other names are as good. */
  readonly isAssumed: boolean;
}

/** The page that says where the portal is, also to a script that cannot know. */
export const WRONG_ADDRESS_PATH = '/wrong-address';

function first(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text?.split(',', 1)[0]?.trim() || null;
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Whether a browser that opened one address is where the other says. By https where http was said is better, and as good. */
function isSamePlace(opened: URL, portal: URL): boolean {
  return opened.origin === portal.origin || (opened.protocol === 'https:' && opened.hostname === portal.hostname);
}

/**
 * The address that a page was asked for by, as far as proxies tell: they write what the browser named into `X-Forwarded-Host` and
 * `X-Forwarded-Proto`. `Host` alone tells nothing, since many put their own name for the portal there. A client that makes these up misleads
 * itself alone.
 */
function askedByName({ headers }: IncomingMessage, portal: URL): URL | null {
  const host = first(headers, 'x-forwarded-host');
  // A browser adds these to what it sends by https, or to this machine: then a proxy behind the one that ended TLS wrote the protocol.
  const isHttp = first(headers, 'x-forwarded-proto') === 'http' && headers['sec-fetch-mode'] === undefined;
  const named = host === null ? null : urlOf(`${portal.protocol}//${host}`);
  if (named === null) return isHttp && portal.protocol === 'https:' ? urlOf(`http://${portal.hostname}`) : null;
  const isOther = named.hostname !== portal.hostname;
  if (isHttp && portal.protocol === 'https:') return urlOf(`http://${named.host}`);
  // Proxies drop the port as they like.
  return isOther ? named : null;
}

/**
 * Where a browser has opened the portal when that is not where it is: by another name, or by http where it is reached by https. Its cookies
 * would be lost there, so that signing in would lead nowhere. Found when a page is asked for, as far as a proxy tells, and when a form is sent
 * at the latest: with that every browser says where it is (`Origin`, RFC 6454).
 *
 * @returns false where it is right, where nobody knows, and for what another site sent
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
 * Has everything behind find the portal where people reach it, whatever a proxy wrote: the host that answers are signed over, and the one that
 * Next.js compares the origin of an action with. That origin was judged before.
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
