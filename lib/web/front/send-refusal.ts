import type { IncomingMessage, ServerResponse } from 'node:http';
import { explain } from '@/lib/licensing/refusals/rejection';
import { API_REFUSALS } from '../dialects/api-refusals';
import { retryAfter } from '../responses/retry-after';
import type { Refused } from './check-request-line';
import { speaksAt } from './check-request-line';

/** The refusal in the words of whoever is asked: an API has its own, pages say it in a line of text. */
async function answerOf(request: IncomingMessage, refused: Refused): Promise<Response> {
  const speaks = speaksAt(request.url ?? '');
  const answerRefused = speaks === 'pages' ? null : API_REFUSALS[speaks];
  if (answerRefused !== null) return answerRefused(request, refused);
  const { status, rejection } = refused;
  const { cause, fix } = explain(rejection);
  const allow = status === 405 ? { Allow: 'GET, HEAD, POST' } : {};
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return new Response(`${cause} ${fix}\n`, { status, headers: { ...headers, ...allow, ...retryAfter(rejection) } });
}

/** Answers a request that goes no further. What it still sends is not waited for: the connection ends with the answer. */
export async function sendRefusal(request: IncomingMessage, response: ServerResponse, refused: Refused): Promise<void> {
  const answer = await answerOf(request, refused);
  const body = await answer.text();
  if (response.destroyed) return;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (!request.complete) response.shouldKeepAlive = false;
  response.statusCode = answer.status;
  response.end(request.method === 'HEAD' ? undefined : body);
}
