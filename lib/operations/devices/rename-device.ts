import { z } from 'zod';
import type { DetailsChange } from '@/db/devices/write-device-details';
import { writeDeviceDetails } from '@/db/devices/write-device-details';
import type { DeviceDetail } from '@/lib/licensing/devices/device-details';
import { LISTED_DETAILS } from '@/lib/licensing/devices/device-details';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import { scopeOf, userIdOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { line } from '../operator-input';

/** An empty text, which removes a detail. */
const blank = (max: number) =>
  boundedText(max)
    .regex(/^\s*$/)
    .transform(() => null);

const details = LISTED_DETAILS.map(([member, { max, isRequired }]) => {
  const text = isRequired ? line(max) : z.union([blank(max), line(max)]);
  return [member, text.optional()];
});

/**
 * Changes the details of a device that the portal stores. Its name goes into the next file for the device and stays when the device requests
 * under its old name. Of two concurrent changes of one detail the later one wins.
 */
export const renameDevice = defineOperation({
  name: 'device.rename',
  kind: 'command',
  permission: 'device:rename',
  input: z
    .strictObject({ deviceId: z.uuid(), ...(Object.fromEntries(details) as Record<DeviceDetail, z.ZodType<string | undefined>>) })
    .refine((given) => LISTED_DETAILS.some(([member]) => given[member] !== undefined), 'expected a detail to change'),
  async run({ deviceId, ...change }, context) {
    const { db, actor } = context;
    const audit = {
      at: await instantOf(context),
      customerId: null,
      userId: userIdOf(actor),
      actor: actor.label,
      role: actor.role,
      deviceId,
    };
    const outcome = await writeDeviceDetails(db, { scope: scopeOf(actor), deviceId, change: change as DetailsChange, audit });
    return outcome === 'unknown' ? refuse(reject('not-found')) : done({ changed: outcome === 'changed' });
  },
});
