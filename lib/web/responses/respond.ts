import 'server-only';
import { notFound, redirect } from 'next/navigation';
import type { Result } from '@/lib/operations/operation';
import { signInPath } from '../context';
import { logFault, makeEventId } from '../faults/fault';
import { isFromThisSite } from '../requests/check-origin';
import { portalUrl } from '../settings';

/** Answers to somebody who is signed in are kept by no cache. */
export const PRIVATE = { 'Cache-Control': 'private, no-store' } as const;

/**
 * The value of a result, in a page. Signed out leads to the sign-in page; what is not there, or not this person's, is the page that says so.
 *
 * @param here path of the page, to come back to
 * @returns the value, or the rejection that the page itself shows
 */
export function resultForPage<Value>(result: Result<Value>, here: string): Result<Value> {
  if (result.ok) return result;
  if (result.rejection.code === 'sign-in-needed') redirect(signInPath(here));
  // An address with an id that is none is answered like an id that does not exist.
  if (result.rejection.code === 'not-found' || result.rejection.code === 'input-refused') notFound();
  return result;
}

/**
 * Sends the browser to another page with GET.
 *
 * @param path of this portal; relative, so that it also works where the portal is reached by another name
 */
export function seeOther(path: string, setCookies: readonly string[] = []): Response {
  const headers = new Headers({ ...PRIVATE, Location: path });
  for (const line of setCookies) headers.append('Set-Cookie', line);
  return new Response(null, { status: 303, headers });
}

/**
 * Wraps a route handler: what another site sent is refused with 403, and a fault is logged and answered with its event id.
 * The signals of `redirect()` and `notFound()` pass.
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
