import 'server-only';
import { notFound, redirect } from 'next/navigation';
import type { Result } from '@/lib/operations/operation';
import { logFault, makeEventId } from '../faults/fault';
import { signInPath } from '../request-context';
import { isFromThisSite } from '../requests/check-origin';
import { portalUrl } from '../web-settings';

/** Keeps responses to signed-in people out of caches. */
export const PRIVATE = { 'Cache-Control': 'private, no-store' } as const;

/**
 * Prepares a result for a page: redirects to the sign-in page when signed out, and shows the not-found page for what is missing or not visible
 * to this person.
 *
 * @param here path of the page, to return to after signing in
 * @returns the value, or a rejection for the page to show
 */
export function resultForPage<Value>(result: Result<Value>, here: string): Result<Value> {
  if (result.ok) return result;
  if (result.rejection.code === 'sign-in-needed') redirect(signInPath(here));
  // A malformed id is treated like an unknown one.
  if (result.rejection.code === 'not-found' || result.rejection.code === 'input-refused') notFound();
  return result;
}

/**
 * Redirects the browser to another page with GET (303).
 *
 * @param path path in this portal; relative, so that it works under any host name
 */
export function seeOther(path: string, setCookies: readonly string[] = []): Response {
  const headers = new Headers({ ...PRIVATE, Location: path });
  for (const line of setCookies) headers.append('Set-Cookie', line);
  return new Response(null, { status: 303, headers });
}

/**
 * Wraps a route handler: refuses requests from other sites with 403, and logs a fault and shows its event id. Rethrows the signals of
 * `redirect()` and `notFound()`.
 */
export function answerRoute<Context>(
  handle: (request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    if (!isFromThisSite(request, portalUrl().origin)) return plainPage(403, 'This came from another site. Nothing was changed.');
    try {
      return await handle(request, context);
    } catch (error) {
      if (isSignal(error)) throw error;
      const event = makeEventId();
      logFault(error, { event, method: request.method, path: new URL(request.url).pathname });
      return plainPage(500, `Something went wrong on our side (event ${event}). Nothing was changed. Go back and try again.`);
    }
  };
}

function isSignal(error: unknown): boolean {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : '';
  return typeof digest === 'string' && digest.startsWith('NEXT_');
}

function plainPage(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { ...PRIVATE, 'Content-Type': 'text/plain; charset=utf-8' } });
}
