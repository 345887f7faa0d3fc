import type { IncomingMessage, ServerResponse } from 'node:http';
import { reject } from '@/lib/licensing/refusals/rejection';
import { logFault, makeEventId } from '../faults/fault';
import { isFromThisSite } from '../requests/check-origin';
import { clientAddress } from '../requests/client-address';
import { FIELDS_MAX, isMultipart, parseForm } from '../requests/parse-form';
import type { ReadBody } from '../requests/read-body';
import { readBody } from '../requests/read-body';
import { BodyBudget } from './body-budget';
import { isActionCall } from './check-action';
import type { Refused } from './check-request-line';
import { pathOf, refuseRequestLine, surfaceAt, targetOf } from './check-request-line';
import { forwardingHeadersDropper } from './drop-forwarding-headers';
import type { PortalAddress } from './find-address';
import { isAtWrongAddress, rewriteAddress } from './find-address';
import { replayRequest } from './replay-request';
import { securityHeaders } from './security-headers';
import { sendRefusal } from './send-refusal';

/** Largest body of any request. */
const MAX_BODY_BYTES = 256 * 1024;
/** Bytes read beyond the limit, so that a browser that sends a large file by mistake still gets the refusal. */
const DRAINED_BYTES = 32 * 1024 * 1024;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Headers by which browsers request parts of pages from Next.js. Removed from API calls, which they would misroute. */
const PAGE_HEADERS = [
  'rsc',
  'next-action',
  'next-url',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
];

/** How the portal is reached, and limits. */
export interface FrontOptions {
  /** Number of trusted proxies; with 0, forwarding headers are dropped. */
  readonly proxies: number;
  readonly isHttps: boolean;
  /** Address of the portal. */
  readonly address: PortalAddress;
  readonly timeoutMs?: number;
  /** Called once when headers suggest a proxy although none is configured. */
  readonly warn?: (line: string) => void;
}

function dropPageHeaders({ headers }: IncomingMessage): void {
  for (const name of PAGE_HEADERS) delete headers[name];
}

/**
 * Refuses a request that changes something and comes from a page of another site. Next.js would treat it as a fault and log a stack trace.
 * API calls are exempt: each carries its own proof.
 */
function refuseSender({ method = '', headers }: IncomingMessage, target: string, origin: string): Refused | null {
  const get = (name: string) => (typeof headers[name] === 'string' ? headers[name] : null);
  if (surfaceAt(target) !== 'pages' || isFromThisSite({ method, headers: { get } }, origin)) return null;
  return { status: 403, rejection: reject('from-another-site') };
}

/** Says whether the route checks its body itself, with better error messages. */
function readsOwnBody(target: string): boolean {
  return surfaceAt(target) !== 'pages' || pathOf(target).endsWith('/upload');
}

/** Finds the announced size of the body in bytes, capped at the limit; null without a body. */
function announcedBytes({ headers }: IncomingMessage): number | null {
  if (headers['transfer-encoding'] !== undefined) return MAX_BODY_BYTES;
  const length = Number(headers['content-length'] ?? 0);
  return length === 0 ? null : Math.min(length, MAX_BODY_BYTES);
}

/** Refuses a body that is slow, too large or unreadable. Next.js fails on unreadable forms, and does not limit fields. */
async function refuseBody(request: IncomingMessage, { bytes, end }: ReadBody): Promise<Refused | null> {
  if (end === 'too-slow') return { status: 408, rejection: reject('call-too-slow') };
  if (readsOwnBody(request.url ?? '')) return null;
  if (end === 'too-large') return { status: 413, rejection: reject('call-too-large', { most: MAX_BODY_BYTES }) };
  if (request.method !== 'POST' || (await isReadable(request, bytes))) return null;
  return { status: 400, rejection: reject('call-form-unreadable', { most: FIELDS_MAX }) };
}

/** Says whether Next.js can parse the body, if it is a form or the call of an action. */
async function isReadable({ headers }: IncomingMessage, bytes: ReadBody['bytes']): Promise<boolean> {
  const type = headers['content-type'] ?? null;
  const isAction = headers['next-action'] !== undefined;
  if (!isMultipart(type)) return !isAction || isActionCall(Buffer.from(bytes).toString());
  const form = await parseForm(bytes, type);
  return form !== null && (!isAction || isActionCall(form.get('0')));
}

/**
 * Wraps the request listener of a web server: checks each request, and passes on the valid ones with their complete body.
 *
 * Malformed requests and bodies that are too large or too slow are refused here, so that the server behind never waits for them, buffers them or
 * fails on them.
 */
export function guardRequests(server: Listener, options: FrontOptions): Listener {
  const { proxies, isHttps, address, timeoutMs, warn } = options;
  const dropForwardingHeaders = forwardingHeadersDropper(warn);
  const budget = new BodyBudget();
  const limits = { most: MAX_BODY_BYTES, drained: DRAINED_BYTES, ...(timeoutMs === undefined ? {} : { timeoutMs }) };

  const collect = async (request: IncomingMessage, announced: number): Promise<IncomingMessage | Refused | null> => {
    const forwardedFor = request.headers['x-forwarded-for'];
    const from = typeof forwardedFor === 'string' ? forwardedFor : (request.socket.remoteAddress ?? null);
    const release = budget.reserve(clientAddress(from, proxies), announced);
    if (typeof release !== 'function') return release;
    try {
      const body = await readBody(request, limits);
      if (body.end === 'broken-off') return null;
      return (await refuseBody(request, body)) ?? replayRequest(request, body.bytes);
    } finally {
      release();
    }
  };

  const check = async (request: IncomingMessage): Promise<IncomingMessage | Refused | null> => {
    const target = targetOf(request.url ?? '');
    if (target === null) return { status: 400, rejection: reject('call-address-unreadable') };
    request.url = target;
    if (surfaceAt(target) !== 'pages') dropPageHeaders(request);
    const announced = announcedBytes(request);
    const refusedLine = refuseRequestLine({ method: request.method ?? '', target });
    if (refusedLine === null && isAtWrongAddress(request, address))
      return { status: 403, rejection: reject('opened-elsewhere', { url: address.origin }) };
    if (proxies === 0) dropForwardingHeaders(request.headers);
    const refused = refusedLine ?? refuseSender(request, target, address.origin);
    rewriteAddress(request, address);
    return refused ?? (announced === null ? request : await collect(request, announced));
  };

  const admit = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = securityHeaders({ target: request.url ?? '', isHttps });
    for (const [name, value] of headers) response.setHeader(name, value);
    const admitted = await check(request);
    if (admitted === null) return void response.destroy();
    if ('rejection' in admitted) return sendRefusal(request, response, admitted);
    server(admitted, response);
  };

  return (request, response) => {
    admit(request, response).catch((error: unknown) => {
      logFault(error, { event: makeEventId(), method: request.method ?? '', path: pathOf(request.url ?? '') });
      response.destroy();
    });
  };
}
