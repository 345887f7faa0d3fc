import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { DIALECT_IDS } from '@/lib/licensing/dialects/dialect-id';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { API_ADDRESSES } from '../dialects/api-addresses';

/** A refused request: HTTP status and reason. */
export interface Refused {
  readonly status: 400 | 403 | 404 | 405 | 408 | 413 | 429;
  readonly rejection: Rejection;
}

/** What an address belongs to: the pages, or the API of a dialect. It decides the format of errors. */
export type Surface = 'pages' | DialectId;

/** Methods that Next.js supports. On others, such as TRACE, it fails. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Internal pages of Next.js, which fail when they are requested. */
const INTERNAL_PAGES = /^\/_(?:global-)?error\/?$/;

/** Gets path and query of a request target in origin form or absolute form (RFC 9112, section 3.2). Null for other forms, such as `*`. */
export function targetOf(target: string): string | null {
  if (target.startsWith('/')) return target;
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

/** Says whether percent-decoding the path succeeds (RFC 3986, section 2.1) without NUL. */
function isReadable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}

/** Gets the path of a target, without query and fragment. */
export function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0] ?? '';
}

/** Finds what a target belongs to. */
export function surfaceAt(target: string): Surface {
  return DIALECT_IDS.find((id) => API_ADDRESSES[id]?.paths.test(pathOf(target))) ?? 'pages';
}

/** Checks method and target of a request. @returns the refusal, or null */
export function refuseRequestLine({ method, target }: { method: string; target: string }): Refused | null {
  const path = pathOf(target);
  // Next.js would redirect these to a cleaned path, which API clients do not expect.
  const wouldRedirect = surfaceAt(target) !== 'pages' && /\/\/|\\|\/$/.test(path);
  if (!isReadable(path) || INTERNAL_PAGES.test(path) || wouldRedirect)
    return { status: 404, rejection: reject('call-address-unknown') };
  if (METHODS.has(method)) return null;
  const surface = surfaceAt(target);
  const own = surface === 'pages' ? null : API_ADDRESSES[surface];
  return { status: 405, rejection: reject(own?.methodRefused ?? 'call-method-refused', { method }) };
}
