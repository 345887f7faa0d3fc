import 'server-only';
import { readAcceptSignature } from '@/lib/dialects/keygen/accept-signature';
import type { KeygenIssuer } from '@/lib/dialects/keygen/issuer';
import type { SignatureAlgorithm } from '@/lib/dialects/keygen/scheme';
import { signResponse } from '@/lib/dialects/keygen/sign-response';
import { reject } from '@/lib/licensing/refusals/rejection';
import { countKeygenCall } from '@/lib/operations/keygen/count-call';
import { keygenKeys } from '@/lib/operations/keygen/keys';
import type { Keyring } from '@/lib/operations/keys/keyring';
import { perform } from '@/lib/operations/operation';
import type { ApplicationContext } from '../application-context';
import { applicationContext } from '../application-context';
import { logFault, makeEventId } from '../faults/fault';
import type { ApiError } from './api-error';
import { errorDocument, wholeError } from './api-error';

/** The result of a handler, before it is signed. */
export type ApiAnswer = { readonly document: object } | { readonly error: ApiError };

/** `no-transform` prevents compression: the signed digest covers the bytes that the client receives (RFC 3230). */
const CONTENT = { 'Content-Type': 'application/vnd.api+json; charset=utf-8', 'Cache-Control': 'private, no-store, no-transform' };

/** Finds the keys that sign all responses of this API, refusals too. Read outside an operation, like the name of the vendor on pages. */
async function findIssuer(keyring: Keyring): Promise<KeygenIssuer | null> {
  const keys = await keyring.find();
  return keys === null ? null : keygenKeys(keys).inUse();
}

/** The parts of a call that its response depends on. */
export interface Call {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly host: string;
  readonly acceptSignature: string | null;
  readonly context: ApplicationContext;
}

/** Reads the call from the request of a route handler. */
export function callOf({ method, url, headers }: Request): Call {
  return {
    method,
    target: url.slice(url.indexOf('/', url.indexOf('//') + 2)),
    host: headers.get('host') ?? '',
    acceptSignature: headers.get('keygen-accept-signature'),
    context: applicationContext(headers.get('x-forwarded-for'), 'Keygen API'),
  };
}

/**
 * Responds to a call with a signed document, errors included, by the algorithm that the client asks for.
 *
 * @param account account in the path; null when the path names none
 * @param handle runs after the checks: keys exist, rate limit, algorithm, account
 */
export async function answerSigned(call: Call, account: string | null, handle: () => Promise<ApiAnswer>): Promise<Response> {
  try {
    const issuer = await findIssuer(call.context.keyring);
    if (issuer === null) return answerUnsigned(wholeError(503, reject('keygen-keys-missing')));
    const counted = await perform(countKeygenCall, {}, call.context);
    // The cheapest algorithm, since the client calls too often.
    if (!counted.ok) return await sign({ call, issuer, algorithm: 'ed25519' }, { error: wholeError(429, counted.rejection) });
    const wanted = readAcceptSignature(call.acceptSignature, issuer.account);
    if ('rejection' in wanted)
      return await sign({ call, issuer, algorithm: 'ed25519' }, { error: wholeError(400, wanted.rejection) });
    const to = { call, issuer, algorithm: wanted.algorithm };
    if (account !== null && account !== issuer.account) {
      return await sign(to, { error: wholeError(404, reject('keygen-account-differs')) });
    }
    return await sign(to, await handle());
  } catch (error) {
    return answerFault(call, error);
  }
}

/** Responds to a call with an error, signed. */
export function answerRefused(call: Call, error: ApiError): Promise<Response> {
  return answerSigned(call, null, async () => ({ error }));
}

/** Responds without a signature, when the vendor has no keys. */
function answerUnsigned(error: ApiError): Response {
  return new Response(JSON.stringify(errorDocument(error)), { status: error.status, headers: { ...CONTENT, ...error.headers } });
}

interface Signing {
  readonly call: Call;
  readonly issuer: KeygenIssuer;
  readonly algorithm: SignatureAlgorithm;
}

async function sign({ call, issuer, algorithm }: Signing, answer: ApiAnswer): Promise<Response> {
  const { method, target, host } = call;
  const error = 'error' in answer ? answer.error : null;
  const body = JSON.stringify('error' in answer ? errorDocument(answer.error) : answer.document);
  const signed = await signResponse({ issuer, algorithm, method, target, host, body, at: new Date() });
  return new Response(body, { status: error?.status ?? 200, headers: { ...CONTENT, ...error?.headers, ...signed } });
}

/** Logs a fault and responds with its event id, unsigned. */
function answerFault({ method, target }: Call, error: unknown): Response {
  const event = makeEventId();
  logFault(error, { event, method, path: target.split('?', 1)[0] ?? '' });
  const detail = `Something went wrong on our side (event ${event}). Nothing was changed.`;
  const document = { errors: [{ title: 'Internal error', detail, code: 'FAULT' }] };
  return new Response(JSON.stringify(document), { status: 500, headers: CONTENT });
}
