import 'server-only';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { LeaseEnd } from '@/lib/operations/leases/calendar-feed';
import { currentVendor } from '../read-vendor';
import { PRIVATE } from '../responses/respond';
import { retryAfter } from '../responses/retry-after';
import { portalUrl } from '../web-settings';
import { writeCalendar } from './write-calendar';

/** The address is a secret: keeps it out of caches and search indexes. front/security-headers.ts keeps it out of referrers. */
const HEADERS = { ...PRIVATE, 'X-Robots-Tag': 'noindex' } as const;

/** Gets the secret from the file name in a calendar address; empty without the ending `.ics`. */
export function secretFrom(file: string): string {
  return file.endsWith('.ics') ? file.slice(0, -'.ics'.length) : '';
}

/** Formats the address of the calendar with this secret. */
export function calendarUrl(secret: string): string {
  return new URL(`/calendar/${secret}.ics`, portalUrl()).href;
}

/** Responds with lease ends as a calendar. */
export async function calendarAnswer(leaseEnds: readonly LeaseEnd[]): Promise<Response> {
  const vendor = await currentVendor();
  const text = writeCalendar({ name: `Leases, ${vendor?.name ?? 'Airgate'}`, portal: portalUrl(), leaseEnds });
  const headers = {
    ...HEADERS,
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'inline; filename="leases.ics"',
  };
  return new Response(text, { headers });
}

/** Responds 429 to a client above the rate limit, else 404, the same for revoked and unknown addresses. */
export function calendarRefusal(rejection: Rejection): Response {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  if (rejection.code !== 'too-many-attempts') {
    return new Response('There is no such calendar.\n', { status: 404, headers: { ...HEADERS, ...type } });
  }
  return new Response('Too many requests.\n', { status: 429, headers: { ...HEADERS, ...type, ...retryAfter(rejection) } });
}
