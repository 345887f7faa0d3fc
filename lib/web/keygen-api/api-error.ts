import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';
import { retryAfter } from '../responses/retry-after';

/** A refused request: HTTP status, reason, and the member of the body concerned. */
export interface ApiError {
  readonly status: 400 | 403 | 404 | 405 | 408 | 413 | 429 | 500 | 503;
  readonly rejection: Rejection;
  /** JSON pointer (RFC 6901), such as `/meta/key`; null when the body is not the cause. */
  readonly pointer: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes the error of a request that is refused as a whole. */
export function wholeError(status: ApiError['status'], rejection: Rejection): ApiError {
  const headers = status === 405 ? { Allow: 'POST' } : retryAfter(rejection);
  return { status, rejection, pointer: null, headers };
}

const TITLES: Readonly<Record<ApiError['status'], string>> = {
  400: 'Bad request',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  413: 'Content too large',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

/** Formats an error as a JSON:API document. The code is our rejection code, in the upper-case spelling of this API. */
export function errorDocument({ status, rejection, pointer }: ApiError): object {
  const { cause, fix } = explain(rejection);
  const error = { title: TITLES[status], detail: `${cause} ${fix}`, code: rejection.code.replaceAll('-', '_').toUpperCase() };
  return { errors: [pointer === null ? error : { ...error, source: { pointer } }] };
}
