import { z } from 'zod';
import { listComponents, listLeasesOfDevice, readDevice } from '@/db/devices/read-devices';
import { listExchanges } from '@/db/exchange/read-exchange';
import { listActivationsOfDevice, PAGE_ROWS } from '@/db/seats/list-activations';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import { defineOperation, done, refuse } from '../operation';

/** Shows one device: its activations and leases, its newest exchanges, and its fingerprint. */
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
