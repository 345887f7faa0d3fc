import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';
import { retryAfter } from '../responses/retry-after';

/** A request that is refused: with which status, why, and which member of its body is meant. */
export interface ApiError {
  readonly status: 400 | 403 | 404 | 405 | 408 | 413 | 429 | 500 | 503;
  readonly rejection: Rejection;
  /** RFC 6901, as `/meta/key`; null when the body is not what is wrong. */
  readonly pointer: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The error of a request that is refused as a whole. */
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

/** The document of JSON:API that tells of it. The code is ours, in the spelling that clients of this API are used to. */
export function errorDocument({ status, rejection, pointer }: ApiError): object {
  const { cause, fix } = explain(rejection);
  const error = { title: TITLES[status], detail: `${cause} ${fix}`, code: rejection.code.replaceAll('-', '_').toUpperCase() };
  return { errors: [pointer === null ? error : { ...error, source: { pointer } }] };
}
