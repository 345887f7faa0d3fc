import { z } from 'zod';
import type { ListedDevice } from '@/db/devices/read-devices';
import { listDevices as readDevices } from '@/db/devices/read-devices';
import { PAGE_ROWS } from '@/db/seats/list-activations';
import { scopeOf } from '../actor';
import { cursorInput, pageOf, searchInput } from '../cursor';
import { defineOperation, done } from '../operation';

/** A device as it is listed. */
export type DeviceListed = ListedDevice;

/** Lists the devices within the scope, last seen first, a page at a time. */
export const listDevices = defineOperation({
  name: 'device.list',
  kind: 'query',
  permission: 'device:read',
  input: z.object({
    after: cursorInput.default(null),
    search: searchInput,
    /** Only devices that brought a file after their seat was released. */
    cameBack: z.boolean().default(false),
  }),
  async run({ after, search, cameBack }, context) {
    const rows = await readDevices(context.db, {
      scope: scopeOf(context.actor),
      page: { after: after && { lastSeenAt: after.at, id: after.id }, search, cameBack },
      now: context.now,
    });
    return done(pageOf(rows, PAGE_ROWS, (row) => ({ at: row.device.lastSeenAt, id: row.device.id })));
  },
});
