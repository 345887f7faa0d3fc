import { z } from 'zod';
import { listActivationsOfDevice, PAGE_ROWS } from '@/db/list-activations';
import { listComponents, readDevice } from '@/db/list-devices';
import { listLeasesOfDevice } from '@/db/list-leases-of-device';
import { listExchanges } from '@/db/read-exchange';
import { reject } from '@/lib/licensing/rejection';
import { scopeOf } from './actor';
import { defineOperation, done, refuse } from './operation';

/** One device: its activations and leases, every file exchanged with it, and its fingerprint. */
export const showDevice = defineOperation({
  name: 'device.show',
  kind: 'query',
  permission: 'device:read',
  input: z.object({ deviceId: z.uuid() }),
  async run({ deviceId }, context) {
    const scope = scopeOf(context.actor);
    const listed = await readDevice(context.db, { scope, deviceId, now: context.now });
    if (listed === null) return refuse(reject('not-found'));
    const [activations, leases, exchanges, components] = await Promise.all([
      listActivationsOfDevice(context.db, { scope, deviceId }),
      listLeasesOfDevice(context.db, { scope, deviceId }),
      listExchanges(context.db, { scope, filter: { deviceId }, limit: PAGE_ROWS }),
      listComponents(context.db, deviceId),
    ]);
    return done({ ...listed, activations, leases, exchanges, components });
  },
});
