'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import type { MadeAddress } from '@/components/actions/calendar-address';
import { makeCalendarLink, revokeCalendarLink } from '@/lib/operations/leases/calendar-link';
import { chooseReminders } from '@/lib/operations/leases/choose-reminders';
import { calendarUrl } from '@/lib/web/leases/respond-calendar';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldsOf, runAction } from '@/lib/web/run-action';

/** Makes a new calendar address and returns it: it can be shown only once. */
export async function makeCalendar(): Promise<MadeAddress | null> {
  const result = await runAction(makeCalendarLink, {}, '/leases');
  if (!result.ok) redirect(refusedAt('/leases', result));
  const { secret, createdAt } = result.value;
  refresh();
  return { url: calendarUrl(secret), createdAt };
}

/** Revokes the calendar address. */
export async function revokeCalendar(): Promise<void> {
  const result = await runAction(revokeCalendarLink, {}, '/leases');
  redirect(result.ok ? '/leases?calendar=revoked' : refusedAt('/leases', result));
}

/** Saves when the reader wants to be reminded. */
export async function saveReminders(form: FormData): Promise<void> {
  const days = fieldsOf(form, 'days').map(Number);
  const withFiles = fieldsOf(form, 'files').includes('yes');
  const result = await runAction(chooseReminders, { days, withFiles }, '/leases');
  redirect(result.ok ? '/leases?reminders=saved#reminders' : refusedAt('/leases', result));
}
