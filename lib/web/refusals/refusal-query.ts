import { z } from 'zod';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { untilFrom } from './refused-at';

/** Rejections shown on the sign-in pages. */
const SHOWN = [
  'input-refused',
  'too-many-attempts',
  'busy',
  'sign-in-code-wrong',
  'sign-in-code-ended',
  'second-factor-code-wrong',
  'second-factor-wait-ended',
  'invitation-ended',
] as const;

/** The query of a page. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** Formats a rejection as query members, for the page to which a form returns: code and facts, no text. */
export function refusalQuery({ code, facts }: Rejection): Record<string, string> {
  const { left, retryAt } = facts;
  return {
    refused: code,
    ...(left === undefined ? {} : { left: String(left) }),
    ...(retryAt === undefined ? {} : { until: String(retryAt) }),
  };
}

const query = z.object({
  refused: z.enum(SHOWN),
  left: z.coerce.number().int().min(0).max(9).optional().catch(undefined),
  until: z.unknown().optional(),
});

/** Parses a rejection from the query of a page; null for a query without a valid one. */
export function refusalFromQuery(params: SearchParams): Rejection | null {
  const parsed = query.safeParse(params);
  if (!parsed.success) return null;
  const { refused, left, until } = parsed.data;
  return reject(refused, {
    ...(left === undefined ? {} : { left }),
    ...untilFrom(until),
    ...(refused === 'input-refused' ? { problem: 'e-mail address' } : {}),
  });
}

/** Formats the address of a page with its query. Omits null members, and `next` when it is the front page. */
export function pageAddress(path: string, members: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    if (value !== null && !(name === 'next' && value === '/')) search.set(name, value);
  }
  return search.size === 0 ? path : `${path}?${search}`;
}
