import 'server-only';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { checkCall } from '@/lib/operations/licensespring/check-call';
import type { Operation, Result } from '@/lib/operations/operation';
import { perform } from '@/lib/operations/operation';
import { applicationContext } from '../application-context';
import { logFault, makeEventId } from '../faults/fault';
import { retryAfter } from '../responses/retry-after';
import type { ApiError } from './api-error';
import { toApiError } from './api-error';
import type { CalledWith } from './read-call';
import { readCall } from './read-call';

const NOT_KEPT = { 'Cache-Control': 'private, no-store' } as const;

/** Verifies the signature of a call, performs the operation on the file in it, and responds with the formatted result. */
export async function answerCall<Value>(
  request: Request,
  { operation, format }: { operation: Operation<{ bytes: Uint8Array }, Value>; format: (value: Value) => string },
): Promise<Response> {
  try {
    const result = await call(request, operation);
    return result.ok ? answerText(format(result.value)) : answerRefused(result.rejection);
  } catch (error) {
    const event = makeEventId();
    logFault(error, { event, method: request.method, path: new URL(request.url).pathname });
    const message = `Something went wrong on our side (event ${event}). Nothing was changed.`;
    return answerError({ status: 500, code: 'internal_error', message }, {});
  }
}

async function call<Value>(request: Request, operation: Operation<{ bytes: Uint8Array }, Value>): Promise<Result<Value>> {
  const context = applicationContext(request.headers.get('x-forwarded-for'), 'LicenseSpring API');
  const { headers } = request;
  const signed = await perform(checkCall, { authorization: headers.get('authorization'), date: headers.get('date') }, context);
  if (!signed.ok) return signed;
  const file = await readCall(request);
  const rejection = refuseFile(file);
  return rejection === null ? perform(operation, { bytes: file }, context) : { ok: false, rejection };
}

function refuseFile(file: CalledWith): Rejection | null {
  if (file === 'missing') return reject('call-body-missing');
  if (file === 'empty') return reject('call-content-missing');
  if (file === 'too-slow') return reject('call-too-slow');
  return file === 'too-large' ? reject('file-too-large') : null;
}

function answerText(text: string): Response {
  return new Response(text, { headers: { ...NOT_KEPT, 'Content-Type': 'text/plain; charset=utf-8' } });
}

function answerError(error: ApiError, headers: Readonly<Record<string, string>>): Response {
  return Response.json(error, { status: error.status, headers: { ...NOT_KEPT, ...headers } });
}

/** Responds with a refusal in the error format of the API. */
export function answerRefused(rejection: Rejection): Response {
  const allow = rejection.code === 'call-method-refused' ? { Allow: 'POST' } : {};
  return answerError(toApiError(rejection), { ...allow, ...retryAfter(rejection) });
}

/** Refuses a method that the address does not support. */
export function answerOtherMethod({ method }: Request): Response {
  return answerRefused(reject('call-method-refused', { method }));
}

/** Refuses an unknown address. */
export function answerUnknown(): Response {
  return answerRefused(reject('call-address-unknown'));
}
