import { z } from 'zod';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { untilFrom } from './refused-at';

/** The rejections that the pages before the sign-in show. */
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

/** What a page finds in its address. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** Writes a rejection into the address of the page that a form leads back to: its code and facts, no text. */
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

/** Reads a rejection back from a page's address; null for anything that no form of ours leads to. */
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

/** Address of a page with its query; members that are null or the front page as `next` are left out. */
export function pageAddress(path: string, members: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    if (value !== null && !(name === 'next' && value === '/')) search.set(name, value);
  }
  return search.size === 0 ? path : `${path}?${search}`;
}
