import { z } from 'zod';
import type { Facts } from '@/lib/licensing/refusals/rejection';
import type { Refused } from '@/lib/operations/operation';

/**
 * Formats the address of a page that shows a refusal: rejection code, time to retry, and trouble code.
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

/** Parses the time to retry from the query, as a readable fact; empty when it is missing. */
export function untilFrom(until: unknown): Facts {
  const parsed = instant.safeParse(until);
  return parsed.success ? { retryAt: `${parsed.data.slice(11, 16)} UTC` } : {};
}
