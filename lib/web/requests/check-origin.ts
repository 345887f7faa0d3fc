/** What of a request tells which site sent it. */
interface Sender {
  readonly method: string;
  readonly headers: Pick<Headers, 'get'>;
}

/**
 * Says whether a request that changes something comes from a page of this portal. Browsers say so in `Sec-Fetch-Site` (W3C Fetch Metadata)
 * or in `Origin` (RFC 6454); a client that sends neither is no browser, and carries no one's cookies but its own.
 *
 * @param portalOrigin where people reach the portal, for proxies that do not pass the host on
 */
export function isFromThisSite({ method, headers }: Sender, portalOrigin: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true;
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return true;
  const origin = headers.get('origin');
  if (origin === null) return site === null;
  if (origin === portalOrigin) return true;
  // Browsers that tell the site are believed; `Origin` decides only for those that do not.
  if (site !== null) return false;
  const host = headers.get('x-forwarded-host') ?? headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host;
}
