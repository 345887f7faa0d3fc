import { z } from 'zod';
import { listReminderRecipients, reserveReminders, settleReminders, unreserveReminders } from '@/db/leases/lease-reminders';
import { REMINDER_DAYS } from '@/lib/licensing/leases/reminder-days';
import { userIdOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import { defineOperation, done } from '../operation';
import { makeReminderFiles } from './make-reminder-files';
import type { Reminder } from './reminder';

/** Lists the next people, by id, to whom a reminder may be due. */
export const listReminders = defineOperation({
  name: 'reminder.list',
  kind: 'query',
  permission: 'reminder:send',
  input: z.strictObject({ after: z.uuid().nullable() }),
  run: async ({ after }, context) => done(await listReminderRecipients(context.db, { at: await instantOf(context), after })),
});

/**
 * Reserves the reminders that are due to a person and makes the content of their one mail. Null when none is due or another worker holds the
 * reservation. The caller settles it with `reminder.settle`; a reservation that is not settled lapses after 15 minutes.
 */
export const reserveReminder = defineOperation({
  name: 'reminder.claim',
  kind: 'command',
  permission: 'reminder:send',
  input: z.strictObject({ userId: z.uuid() }),
  async run({ userId }, context) {
    const reserved = await reserveReminders(context.db, { at: await instantOf(context), userId });
    if (reserved === null) return done<Reminder | null>(null);
    const { name, address, customerId } = reserved;
    const leases = await makeReminderFiles(context, reserved);
    return done<Reminder | null>({ userId, customerId, to: { name, address }, withFiles: reserved.withFiles, leases });
  },
});

/** Records the outcome of a reminder's mail. After `failed` the next run sends it again. */
export const settleReminder = defineOperation({
  name: 'reminder.settle',
  kind: 'command',
  permission: 'reminder:send',
  input: z.strictObject({
    userId: z.uuid(),
    customerId: z.uuid(),
    email: z.string(),
    outcome: z.enum(['accepted', 'refused', 'failed']),
    leases: z.array(z.object({ activationId: z.uuid(), sequence: z.int(), days: z.literal(REMINDER_DAYS) })),
  }),
  async run({ userId, customerId, email, outcome, leases }, context) {
    const mailed = { userId, leases };
    if (outcome === 'failed') {
      await unreserveReminders(context.db, mailed);
      return done({ settled: false });
    }
    const { actor } = context;
    const action = outcome === 'accepted' ? 'reminder.mailed' : 'reminder.mail-refused';
    const detail = { personId: userId, email, leases: leases.length };
    const who = { customerId, userId: userIdOf(actor), actor: actor.label, role: actor.role };
    const audit = { ...who, at: await instantOf(context), action, detail } as const;
    await settleReminders(context.db, { mailed, outcome, audit });
    return done({ settled: true });
  },
});
