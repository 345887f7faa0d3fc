import type { IncomingMessage, ServerResponse } from 'node:http';
import { explain } from '@/lib/licensing/refusals/rejection';
import { API_REFUSALS } from '../dialects/api-refusals';
import { retryAfter } from '../responses/retry-after';
import type { Refused } from './check-request-line';
import { surfaceAt } from './check-request-line';
import { WRONG_ADDRESS_PATH } from './find-address';

/** Formats a refusal: in the error format of the API called, else as a line of text. */
async function answerOf(request: IncomingMessage, refused: Refused): Promise<Response> {
  const surface = surfaceAt(request.url ?? '');
  const answerRefused = surface === 'pages' ? null : API_REFUSALS[surface];
  if (answerRefused !== null) return answerRefused(request, refused);
  const { status, rejection } = refused;
  if (rejection.code === 'opened-elsewhere') return answerWrongAddress(request, refused);
  const { cause, fix } = explain(rejection);
  const allow = status === 405 ? { Allow: 'GET, HEAD, POST' } : {};
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return new Response(`${cause} ${fix}\n`, { status, headers: { ...headers, ...allow, ...retryAfter(rejection) } });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Responds with a link to the right address. Server actions are redirected to that page, since their caller shows no body. */
function answerWrongAddress(request: IncomingMessage, { status, rejection }: Refused): Response {
  const headers = { 'Cache-Control': 'no-store, no-transform' };
  if (request.headers['next-action'] !== undefined)
    return new Response(null, { status, headers: { ...headers, 'x-action-redirect': `${WRONG_ADDRESS_PATH};replace` } });
  const { cause, fix } = explain(rejection);
  const link = escapeHtml(String(rejection.facts.url));
  const body = `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The portal is at another address</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}</style>
<h1>The portal is at another address</h1>
<p>${escapeHtml(cause)}</p>
<p><a href="${link}">${link}</a></p>
<p>${escapeHtml(fix)}</p>
</html>
`;
  return new Response(body, { status, headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' } });
}

/** Responds to a refused request. Closes the connection when the body is incomplete, rather than wait for it. */
export async function sendRefusal(request: IncomingMessage, response: ServerResponse, refused: Refused): Promise<void> {
  const answer = await answerOf(request, refused);
  const body = await answer.text();
  if (response.destroyed) return;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (!request.complete) response.shouldKeepAlive = false;
  response.statusCode = answer.status;
  response.end(request.method === 'HEAD' ? undefined : body);
}
