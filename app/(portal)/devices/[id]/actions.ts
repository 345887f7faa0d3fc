'use server';

import { redirect } from 'next/navigation';
import { noteDevice } from '@/lib/operations/devices/device-notes';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, runAction } from '@/lib/web/run-action';

/** Adds a note to a device, and redirects back to its page. */
export async function addNote(form: FormData): Promise<void> {
  const deviceId = fieldOf(form, 'device');
  const here = `/devices/${encodeURIComponent(deviceId)}`;
  const result = await runAction(noteDevice, { deviceId, body: fieldOf(form, 'body') }, here);
  // A new query each time: a browser only scrolls when nothing but the fragment differs.
  redirect(result.ok ? `${here}?noted=${Date.now()}#notes` : refusedAt(here, result));
}
