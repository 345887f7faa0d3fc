import type { IncomingMessage, ServerResponse } from 'node:http';
import { explain } from '@/lib/licensing/refusals/rejection';
import { applicationContext } from '../application-context';
import { answerRefused as answerSigned } from '../keygen-api/answer-signed';
import { wholeError } from '../keygen-api/api-error';
import { answerRefused as answerPlainly } from '../licensespring/answer-call';
import { retryAfter } from '../responses/retry-after';
import type { Refused } from './check-request-line';
import { speaksAt } from './check-request-line';

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

/** The refusal in the words of whoever is asked: an API has its own, pages say it in a line of text. */
async function answerOf(request: IncomingMessage, { status, rejection }: Refused): Promise<Response> {
  const { method = '', url: target = '' } = request;
  switch (speaksAt(target)) {
    case 'licensespring':
      return answerPlainly(rejection);
    case 'keygen': {
      const context = applicationContext(header(request, 'x-forwarded-for'), 'Keygen API');
      const asked = { host: header(request, 'host') ?? '', acceptSignature: header(request, 'keygen-accept-signature') };
      return answerSigned({ method, target, context, ...asked }, wholeError(status, rejection));
    }
    case 'pages': {
      const { cause, fix } = explain(rejection);
      const allow = status === 405 ? { Allow: 'GET, HEAD, POST' } : {};
      const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
      return new Response(`${cause} ${fix}\n`, { status, headers: { ...headers, ...allow, ...retryAfter(rejection) } });
    }
  }
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
