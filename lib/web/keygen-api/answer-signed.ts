import 'server-only';
import { readAcceptSignature } from '@/lib/dialects/keygen/accept-signature';
import type { KeygenIssuer } from '@/lib/dialects/keygen/issuer';
import type { SignatureAlgorithm } from '@/lib/dialects/keygen/scheme';
import { signResponse } from '@/lib/dialects/keygen/sign-response';
import { reject } from '@/lib/licensing/rejection';
import type { Keyring } from '@/lib/operations/keyring';
import { logFault, makeEventId } from '../fault';
import { retryAfterHeader } from '../retry-after';
import type { ApiError } from './api-error';
import { errorDocument } from './api-error';

/** What a handler answers before it is signed. */
export type ApiAnswer = { readonly document: object } | { readonly error: ApiError };

/** Not to be compressed on the way either: the digest that is signed is one of the bytes that the client receives (RFC 3230). */
const CONTENT = { 'Content-Type': 'application/vnd.api+json; charset=utf-8', 'Cache-Control': 'private, no-store, no-transform' };

async function findIssuer(keyring: Keyring): Promise<KeygenIssuer | null> {
  const keys = await keyring.find();
  return keys === null ? null : keys.keygenIssuer();
}

/**
 * Answers a request with a signature over the answer, errors too, by the algorithm that the client asks for.
 *
 * @param account in the address; null where the address names none
 * @param handle asked once it is known that the answer can be signed, and for this account
 */
export async function answerSigned(
  request: Request,
  { keyring, account }: { keyring: Keyring; account: string | null },
  handle: () => Promise<ApiAnswer>,
): Promise<Response> {
  try {
    const issuer = await findIssuer(keyring);
    if (issuer === null) {
      const error: ApiError = { status: 503, rejection: reject('keygen-keys-missing'), pointer: null };
      return new Response(JSON.stringify(errorDocument(error)), { status: 503, headers: CONTENT });
    }
    const wanted = readAcceptSignature(request.headers.get('keygen-accept-signature'), issuer.account);
    if ('rejection' in wanted)
      return await sign({ request, issuer, algorithm: 'ed25519' }, { error: { status: 400, pointer: null, ...wanted } });
    const to = { request, issuer, algorithm: wanted.algorithm };
    if (account !== null && account !== issuer.account) {
      return await sign(to, { error: { status: 404, rejection: reject('keygen-account-differs'), pointer: null } });
    }
    return await sign(to, await handle());
  } catch (error) {
    return answerFault(request, error);
  }
}

interface Signing {
  readonly request: Request;
  readonly issuer: KeygenIssuer;
  readonly algorithm: SignatureAlgorithm;
}

/** Path and query, as they stand in the address. */
function targetOf({ url }: Request): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2));
}

async function sign({ request, issuer, algorithm }: Signing, answer: ApiAnswer): Promise<Response> {
  const body = JSON.stringify('error' in answer ? errorDocument(answer.error) : answer.document);
  const signed = await signResponse({
    issuer,
    algorithm,
    method: request.method,
    target: targetOf(request),
    host: request.headers.get('host') ?? '',
    body,
    at: new Date(),
  });
  if (!('error' in answer)) return new Response(body, { headers: { ...CONTENT, ...signed } });
  const { status, rejection } = answer.error;
  return new Response(body, { status, headers: { ...CONTENT, ...signed, ...retryAfterHeader(rejection) } });
}

/** What no client can mend: logged, and told by its event id. */
function answerFault(request: Request, error: unknown): Response {
  const event = makeEventId();
  logFault(error, { event, method: request.method, path: new URL(request.url).pathname });
  const document = {
    errors: [
      {
        title: 'Internal error',
        detail: `Something went wrong on our side (event ${event}). Nothing was changed.`,
        code: 'FAULT',
      },
    ],
  };
  return new Response(JSON.stringify(document), { status: 500, headers: CONTENT });
}
