import type { Refused } from '@/lib/operations/operation';

/**
 * Address of the page that says why something was refused: its code, and the trouble code of the attempt.
 *
 * @param page a path of this portal, with or without a query
 */
export function refusedAt(page: string, { rejection, troubleCode }: Refused): string {
  const members = new URLSearchParams({
    refused: rejection.code,
    ...(troubleCode === undefined ? {} : { trouble: troubleCode }),
  });
  return `${page}${page.includes('?') ? '&' : '?'}${members}`;
}
