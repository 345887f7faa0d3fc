import { z } from 'zod';
import type { Facts } from '@/lib/licensing/refusals/rejection';
import type { Refused } from '@/lib/operations/operation';

/**
 * Address of the page that says why something was refused: its code, until when that holds, and the trouble code of the attempt.
 *
 * @param page a path of this portal, with or without a query
 */
export function refusedAt(page: string, { rejection, troubleCode }: Refused): string {
  const { retryAt } = rejection.facts;
  const members = new URLSearchParams({
    refused: rejection.code,
    ...(retryAt === undefined ? {} : { until: String(retryAt) }),
    ...(troubleCode === undefined ? {} : { trouble: troubleCode }),
  });
  return `${page}${page.includes('?') ? '&' : '?'}${members}`;
}

const instant = z.iso.datetime();

/** Reads back until when a refusal holds, as people read it; nothing for an address that does not say. */
export function untilFrom(until: unknown): Facts {
  const parsed = instant.safeParse(until);
  return parsed.success ? { retryAt: `${parsed.data.slice(11, 16)} UTC` } : {};
}
