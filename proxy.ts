import type { NextRequest } from 'next/server';
import { NextResponse } from 'next/server';

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // React reads stack traces through eval while developing; the build never does.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Meters and time bars carry their length in a style attribute.
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

/** Sets the content security policy of pages, with a nonce that Next.js puts on its own scripts. Decides nothing about who may see what. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()));
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  // A content network that rewrites pages on the way breaks what React compares them with. Holds for downloads too, whose own header it replaces.
  response.headers.set('Cache-Control', 'private, no-store, no-transform');
  return response;
}

// What is no page has a policy without a nonce (lib/web/front/security-headers.ts), and no need to pass through here.
export const config = { matcher: '/((?!_next/static/|api/|v1/|favicon\\.ico$|icon\\.svg$).*)' };
