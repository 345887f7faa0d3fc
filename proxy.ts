import type { NextRequest } from 'next/server';
import { NextResponse } from 'next/server';

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // React uses eval for stack traces in development only.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Meters and time bars set their length in a style attribute.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Sets the content security policy of pages, with a nonce that Next.js puts on its scripts. Performs no authorisation. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()));
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  // `no-transform`: a proxy that rewrites pages, such as a CDN that hides e-mail addresses, breaks hydration. Replaces the header of downloads too.
  response.headers.set('Cache-Control', 'private, no-store, no-transform');
  return response;
}

// Responses that are no pages get a policy without a nonce in lib/web/front/security-headers.ts.
export const config = { matcher: '/((?!_next/static/|api/|v1/|favicon\\.ico$|icon\\.svg$).*)' };
