/** A year, in seconds. */
const HSTS_SECONDS = 31_536_000;

/** For whatever is no page. Pages have a policy of their own, with a nonce, which takes the place of this one (proxy.ts). */
const NON_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Addresses that are secrets: not even this site is told them. */
const SECRET_PATH = /^\/calendar\//;

/**
 * Headers of every answer, whoever gives it: pages, files, APIs, redirects, and Next.js where it answers by itself. What a route says of the
 * same names is not heard.
 *
 * @param about.isHttps whether people reach the portal by https, which browsers are then told to remember (RFC 6797)
 */
export function securityHeaders({
  target,
  isHttps,
}: {
  target: string;
  isHttps: boolean;
}): readonly (readonly [name: string, value: string])[] {
  return [
    ['Content-Security-Policy', NON_PAGE_POLICY],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', SECRET_PATH.test(target) ? 'no-referrer' : 'same-origin'],
    ['X-Frame-Options', 'DENY'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Permissions-Policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()'],
    ...(isHttps ? [['Strict-Transport-Security', `max-age=${HSTS_SECONDS}`] as const] : []),
  ];
}
