import 'server-only';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { LeaseEnd } from '@/lib/operations/leases/calendar-feed';
import { PRIVATE } from '../responses/respond';
import { retryAfter } from '../responses/retry-after';
import { portalUrl } from '../settings';
import { currentVendor } from '../vendor';
import { writeCalendar } from './write-calendar';

/** The address is a secret: it goes into no cache and no index. That it goes to no other site is said in front/security-headers.ts. */
const HEADERS = { ...PRIVATE, 'X-Robots-Tag': 'noindex' } as const;

/** The secret in the last part of a calendar's address; what is no such part holds none. */
export function secretFrom(file: string): string {
  return file.endsWith('.ics') ? file.slice(0, -'.ics'.length) : '';
}

/** Address under which calendar programs find the lease ends of whoever has this secret. */
export function calendarUrl(secret: string): string {
  return new URL(`/calendar/${secret}.ics`, portalUrl()).href;
}

/** Answers with lease ends as a calendar. */
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

/** One answer for every address that is no calendar, whatever it was before; another only for who asks too often. */
export function calendarRefusal(rejection: Rejection): Response {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  if (rejection.code !== 'too-many-attempts') {
    return new Response('There is no such calendar.\n', { status: 404, headers: { ...HEADERS, ...type } });
  }
  return new Response('Too many requests.\n', { status: 429, headers: { ...HEADERS, ...type, ...retryAfter(rejection) } });
}
