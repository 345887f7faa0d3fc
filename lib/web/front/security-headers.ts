/** A year, in seconds. */
const HSTS_SECONDS = 31_536_000;

/** Policy for responses that are no pages. Pages replace it by one with a nonce (proxy.ts). */
const NON_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Paths that contain a secret: no referrer is sent, not even to this site. */
const SECRET_PATH = /^\/calendar\//;

/**
 * Lists the headers of every response: of pages, files, APIs, redirects and Next.js itself.
 *
 * @param about.isHttps true adds Strict-Transport-Security (RFC 6797)
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
