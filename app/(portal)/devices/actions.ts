'use server';

import { redirect } from 'next/navigation';
import { renameDevice } from '@/lib/operations/devices/rename-device';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, runAction } from '@/lib/web/run-action';

/** Gives a device another name. */
export async function rename(form: FormData): Promise<void> {
  const deviceId = fieldOf(form, 'device');
  const here = `/devices/${encodeURIComponent(deviceId)}`;
  const result = await runAction(renameDevice, { deviceId, name: fieldOf(form, 'name') }, here);
  redirect(result.ok ? `${here}?renamed=yes` : refusedAt(here, result));
}
