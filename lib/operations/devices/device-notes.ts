import { z } from 'zod';
import { insertDeviceNote, listDeviceNotes } from '@/db/devices/write-device-notes';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import { scopeOf } from '../actor';
import { instantOf, operatorAudit } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';

/** Lists support's notes on a device, newest first. No customer sees them. */
export const deviceNotes = defineOperation({
  name: 'device.notes',
  kind: 'query',
  permission: 'device-note:manage',
  input: z.object({ deviceId: z.uuid() }),
  async run({ deviceId }, context) {
    return done(await listDeviceNotes(context.db, { scope: scopeOf(context.actor), deviceId }));
  },
});

/** Writes a note on a device. Notes are never changed or deleted. */
export const noteDevice = defineOperation({
  name: 'device.note',
  kind: 'command',
  permission: 'device-note:manage',
  input: z.object({
    deviceId: z.uuid(),
    body: boundedText(4000)
      .trim()
      .min(1)
      .max(2000)
      .regex(/^[^\p{Cs}\0]*$/u),
  }),
  async run({ deviceId, body }, context) {
    const at = await instantOf(context);
    // No customer's audit: notes are support's own.
    const audit = { ...operatorAudit(context, { at, action: 'device.noted' }), deviceId };
    const outcome = await insertDeviceNote(context.db, {
      scope: scopeOf(context.actor),
      note: { deviceId, author: context.actor.label, body, at },
      audit,
    });
    return outcome === 'written' ? done({ deviceId }) : refuse(reject('not-found'));
  },
});
