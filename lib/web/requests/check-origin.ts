/** The parts of a request that show which site sent it. */
interface Sender {
  readonly method: string;
  readonly headers: Pick<Headers, 'get'>;
}

/**
 * Says whether a request that changes something comes from a page of this portal, by `Sec-Fetch-Site` (W3C Fetch Metadata) or `Origin`
 * (RFC 6454). A request with neither header is accepted: browsers always send one, so it cannot be cross-site request forgery.
 *
 * @param portalOrigin origin of the portal, for proxies that replace the host
 */
export function isFromThisSite({ method, headers }: Sender, portalOrigin: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true;
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return true;
  const origin = headers.get('origin');
  if (origin === null) return site === null;
  if (origin === portalOrigin) return true;
  // `Sec-Fetch-Site` wins; `Origin` decides only in browsers without it.
  if (site !== null) return false;
  const host = headers.get('x-forwarded-host') ?? headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host;
}
