import { z } from 'zod';
import { readReminderSetting, writeReminderSetting } from '@/db/leases/lease-reminders';
import { REMINDER_DAYS, USUAL_REMINDERS } from '@/lib/licensing/leases/reminder-days';
import { customerIdOf, userIdOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import type { ActingContext } from '../context';
import { defineOperation, done } from '../operation';

/** Shows when the actor is reminded by mail of leases that end. */
export const showReminders = defineOperation({
  name: 'reminder.show',
  kind: 'query',
  permission: 'own-reminder:choose',
  input: z.strictObject({}),
  run: async (_, { db, actor }) => done((await readReminderSetting(db, ownId(actor))) ?? USUAL_REMINDERS),
});

/** Sets on which days before a lease ends the actor is reminded, and whether with refresh files. */
export const chooseReminders = defineOperation({
  name: 'reminder.choose',
  kind: 'command',
  permission: 'own-reminder:choose',
  input: z.strictObject({ days: z.array(z.literal(REMINDER_DAYS)).max(10), withFiles: z.boolean() }),
  async run({ days, withFiles }, context) {
    const setting = { days: REMINDER_DAYS.filter((day) => days.includes(day)), withFiles };
    const { actor } = context;
    const who = { customerId: customerIdOf(actor), userId: userIdOf(actor), actor: actor.label, role: actor.role };
    const audit = { ...who, at: await instantOf(context), action: 'reminder.chosen', detail: setting } as const;
    await writeReminderSetting(context.db, { userId: ownId(actor), setting, audit });
    return done(setting);
  },
});

function ownId(actor: ActingContext['actor']): string {
  const userId = userIdOf(actor);
  if (userId === null) throw new Error(`expected somebody with an account, found the ${actor.role}`);
  return userId;
}
