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

/** The largest body of any request. */
const MAX_BODY_BYTES = 256 * 1024;
/** Somebody who chose a large film by mistake is told so; more than that is cut off. */
const DRAINED_BYTES = 32 * 1024 * 1024;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** By these, browsers ask Next.js for parts of pages. An API has none, and is led astray by them. */
const PAGE_HEADERS = [
  'rsc',
  'next-action',
  'next-url',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
];

/** How the portal is reached. */
export interface FrontOptions {
  /** How many proxies stand before it; without one the headers that proxies write can only be made up. */
  readonly proxies: number;
  readonly isHttps: boolean;
  /** Where people reach it. */
  readonly address: PortalAddress;
  readonly timeoutMs?: number;
  /** Told once when a proxy seems to be there that was not spoken of. */
  readonly warn?: (line: string) => void;
}

function dropPageHeaders({ headers }: IncomingMessage): void {
  for (const name of PAGE_HEADERS) delete headers[name];
}

/**
 * Why a request that changes something goes no further: a page of another site sent it. Next.js would answer an action with a fault, and write
 * a page of log for each. APIs are called from anywhere, and by what each call proves.
 */
function refuseSender({ method = '', headers }: IncomingMessage, target: string, origin: string): Refused | null {
  const get = (name: string) => (typeof headers[name] === 'string' ? headers[name] : null);
  if (surfaceAt(target) !== 'pages' || isFromThisSite({ method, headers: { get } }, origin)) return null;
  return { status: 403, rejection: reject('from-another-site') };
}

/** Whether a route reads its body itself and says better what is wrong with it. */
function readsOwnBody(target: string): boolean {
  return surfaceAt(target) !== 'pages' || pathOf(target).endsWith('/upload');
}

/** How many bytes are announced; null for a request without a body. */
function announcedBytes({ headers }: IncomingMessage): number | null {
  if (headers['transfer-encoding'] !== undefined) return MAX_BODY_BYTES;
  const length = Number(headers['content-length'] ?? 0);
  return length === 0 ? null : Math.min(length, MAX_BODY_BYTES);
}

/** Why a body goes no further. Next.js would answer a form that it cannot read with a fault, and has no limit for fields. */
async function refuseBody(request: IncomingMessage, { bytes, end }: ReadBody): Promise<Refused | null> {
  if (end === 'too-slow') return { status: 408, rejection: reject('call-too-slow') };
  if (readsOwnBody(request.url ?? '')) return null;
  if (end === 'too-large') return { status: 413, rejection: reject('call-too-large', { most: MAX_BODY_BYTES }) };
  if (request.method !== 'POST' || (await isReadable(request, bytes))) return null;
  return { status: 400, rejection: reject('call-form-unreadable', { most: FIELDS_MAX }) };
}

/** Whether Next.js will be able to read a form, or the call of an action. What is neither it does not read. */
async function isReadable({ headers }: IncomingMessage, bytes: ReadBody['bytes']): Promise<boolean> {
  const type = headers['content-type'] ?? null;
  const isAction = headers['next-action'] !== undefined;
  if (!isMultipart(type)) return !isAction || isActionCall(Buffer.from(bytes).toString());
  const form = await parseForm(bytes, type);
  return form !== null && (!isAction || isActionCall(form.get('0')));
}

/**
 * Stands before a web server: looks at each request first, and lets through what the server can answer, with the whole of its body.
 *
 * A request that is no request, a body that is too large and one that does not come are answered here, so that whatever somebody sends,
 * nothing behind waits for it, collects it or breaks on it.
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
