'use server';

import { redirect } from 'next/navigation';
import { LISTED_DETAILS } from '@/lib/licensing/devices/device-details';
import { renameDevice } from '@/lib/operations/devices/rename-device';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, runAction } from '@/lib/web/run-action';

/** Updates the details of a device. */
export async function rename(form: FormData): Promise<void> {
  const deviceId = fieldOf(form, 'device');
  const here = `/devices/${encodeURIComponent(deviceId)}`;
  const details = Object.fromEntries(LISTED_DETAILS.map(([member]) => [member, fieldOf(form, member)]));
  const result = await runAction(renameDevice, { deviceId, ...details }, here);
  redirect(result.ok ? `${here}?renamed=yes` : refusedAt(here, result));
}
