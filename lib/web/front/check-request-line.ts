import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { DIALECT_IDS } from '@/lib/licensing/dialects/dialect-id';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { API_ADDRESSES } from '../dialects/api-addresses';

/** What is refused, and by which status of HTTP. */
export interface Refused {
  readonly status: 400 | 403 | 404 | 405 | 408 | 413 | 429;
  readonly rejection: Rejection;
}

/** Whose words an answer is in: the pages' own, or those of an API. */
export type Surface = 'pages' | DialectId;

/** All that Next.js knows. To others, such as TRACE, it answers with a fault. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Pages that Next.js makes for itself, and answers with a fault when they are asked for. */
const INTERNAL_PAGES = /^\/_(?:global-)?error\/?$/;

/** Path and query of a target, also where it names the whole address, as for a proxy (RFC 9112, section 3.2). Null for what is none, such as `*`. */
export function targetOf(target: string): string | null {
  if (target.startsWith('/')) return target;
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

/** Says whether the path can be decoded (RFC 3986, section 2.1) to something that there can be. */
function isReadable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}

/** Path of a target, without its query. */
export function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0] ?? '';
}

/** Whose words an answer to this target is in. */
export function surfaceAt(target: string): Surface {
  return DIALECT_IDS.find((id) => API_ADDRESSES[id]?.paths.test(pathOf(target))) ?? 'pages';
}

/** Checks method and target of a request. @returns why it goes no further; null when it does */
export function refuseRequestLine({ method, target }: { method: string; target: string }): Refused | null {
  const path = pathOf(target);
  // Next.js would lead to an address without them, in words that no API has.
  const wouldRedirect = surfaceAt(target) !== 'pages' && /\/\/|\\|\/$/.test(path);
  if (!isReadable(path) || INTERNAL_PAGES.test(path) || wouldRedirect)
    return { status: 404, rejection: reject('call-address-unknown') };
  if (METHODS.has(method)) return null;
  const surface = surfaceAt(target);
  const own = surface === 'pages' ? null : API_ADDRESSES[surface];
  return { status: 405, rejection: reject(own?.methodRefused ?? 'call-method-refused', { method }) };
}
