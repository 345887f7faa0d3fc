'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import type { MadeAddress } from '@/components/acts/calendar-address';
import { makeCalendarLink, revokeCalendarLink } from '@/lib/operations/calendar-link';
import { act } from '@/lib/web/act';
import { calendarUrl } from '@/lib/web/respond-calendar';

/** Makes a new calendar address and answers it: it can be shown this once. */
export async function makeCalendar(): Promise<MadeAddress | null> {
  const result = await act(makeCalendarLink, {}, '/leases');
  if (!result.ok) redirect(`/leases?refused=${result.rejection.code}`);
  const { secret, createdAt } = result.value;
  refresh();
  return { url: calendarUrl(secret), createdAt };
}

/** Takes the calendar address away. */
export async function revokeCalendar(): Promise<void> {
  const result = await act(revokeCalendarLink, {}, '/leases');
  redirect(result.ok ? '/leases?calendar=revoked' : `/leases?refused=${result.rejection.code}`);
}
