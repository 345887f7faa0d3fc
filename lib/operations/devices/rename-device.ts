import { z } from 'zod';
import { renameDevice as writeName } from '@/db/devices/write-device-name';
import type { AuditEntry } from '@/db/exchange/exchange-entry';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf, userIdOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { line } from '../operator-input';

/** As long as the name in a request may be. */
const DEVICE_NAME_MAX = 100;

/**
 * Gives a device another name in the portal. It goes into the next file for the device, and stays when the device writes requests under its
 * old name. Of two who rename it at once the later one wins.
 */
export const renameDevice = defineOperation({
  name: 'device.rename',
  kind: 'command',
  permission: 'device:rename',
  input: z.strictObject({ deviceId: z.uuid(), name: line(DEVICE_NAME_MAX) }),
  async run({ deviceId, name }, context) {
    const { db, actor } = context;
    const audit: AuditEntry = {
      at: await instantOf(context),
      customerId: null,
      userId: userIdOf(actor),
      actor: actor.label,
      role: actor.role,
      action: 'device.renamed',
      deviceId,
    };
    const outcome = await writeName(db, { scope: scopeOf(actor), deviceId, name, audit });
    return outcome === 'unknown' ? refuse(reject('not-found')) : done({ changed: outcome === 'changed' });
  },
});
