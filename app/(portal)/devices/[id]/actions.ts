'use server';

import { redirect } from 'next/navigation';
import { noteDevice } from '@/lib/operations/devices/device-notes';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, runAction } from '@/lib/web/run-action';

/** Writes a note on the device and leads back to it. */
export async function addNote(form: FormData): Promise<void> {
  const deviceId = fieldOf(form, 'device');
  const here = `/devices/${encodeURIComponent(deviceId)}`;
  const result = await runAction(noteDevice, { deviceId, body: fieldOf(form, 'body') }, here);
  // Another address every time: to one that differs in its fragment alone, a browser would only scroll.
  redirect(result.ok ? `${here}?noted=${Date.now()}#notes` : refusedAt(here, result));
}
