import 'server-only';
import { z } from 'zod';
import type { OperationContext } from '@/lib/operations/context';
import { claimReminder, listReminders, settleReminder } from '@/lib/operations/leases/remind';
import type { Reminder } from '@/lib/operations/leases/reminder';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { logFault, makeEventId } from '../faults/fault';
import type { Mailing } from '../mail/mailing';
import { writeReminderMail } from './reminder-mail';

/**
 * Reminds everybody of the leases that are due, one mail each. Any number of workers may do it at once. Between a mail that was sent and the
 * note of it a worker may be cut off: then the mail is sent again later, because one too many harms nobody and one too few stops a machine.
 *
 * @returns how many mails were taken by the mail server; it is left alone until the next time once it cannot be reached
 */
export async function sendReminders(context: OperationContext, mailing: Mailing): Promise<number> {
  let sent = 0;
  for await (const reminder of reserveAll(context)) {
    const outcome = await sendOne(context, mailing, reminder);
    if (outcome === 'unreached') return sent;
    if (outcome === 'accepted') sent += 1;
  }
  return sent;
}

/** Reminds one person of the leases that are due; null when none is. */
export async function sendReminderTo(
  context: OperationContext,
  mailing: Mailing,
  userId: string,
): Promise<ReminderOutcome | null> {
  const reminder = await reserveFor(userId, context);
  return reminder === null ? null : sendOne(context, mailing, reminder);
}

/** Claims the reminders of one person after the other, each when it is asked for. */
async function* reserveAll(context: OperationContext): AsyncGenerator<Reminder, void> {
  let people = await performOrThrow(listReminders, { after: null }, context);
  while (people.length > 0) {
    for (const userId of people) {
      const reminder = await reserveFor(userId, context);
      if (reminder !== null) yield reminder;
    }
    people = await performOrThrow(listReminders, { after: people.at(-1) ?? null }, context);
  }
}

/** A fault with the devices of one person keeps nobody else from being reminded. */
async function reserveFor(userId: string, context: OperationContext): Promise<Reminder | null> {
  try {
    return await performOrThrow(claimReminder, { userId }, context);
  } catch (error) {
    logFault(error, { event: makeEventId(), task: 'make a reminder' });
    return null;
  }
}

/** `put-off`: the mail server may take it later. `unreached`: it takes nothing now, so that asking on would only take time. */
export type ReminderOutcome = 'accepted' | 'refused' | 'put-off' | 'unreached';

async function sendOne(context: OperationContext, { url, send }: Mailing, reminder: Reminder): Promise<ReminderOutcome> {
  const vendor = await context.keyring.identity();
  const { userId, customerId, to } = reminder;
  const outcome = await outcomeOf(() => send(to, writeReminderMail(reminder, { vendorName: vendor.name, url })));
  const leases = reminder.leases.map(({ activationId, sequence, days }) => ({ activationId, sequence, days }));
  const settled = outcome === 'accepted' || outcome === 'refused' ? outcome : 'failed';
  await performOrThrow(settleReminder, { userId, customerId, email: to.address, outcome: settled, leases }, context);
  return outcome;
}

const answered = z.object({ responseCode: z.int().min(400).max(599) });

// A refusal with 4xx may pass (RFC 5321, section 4.2.1).
async function outcomeOf(send: () => Promise<unknown>): Promise<ReminderOutcome> {
  try {
    await send();
    return 'accepted';
  } catch (error) {
    const answer = answered.safeParse(error);
    if (answer.success && answer.data.responseCode >= 500) return 'refused';
    logFault(error, { event: makeEventId(), task: 'send a reminder' });
    return answer.success ? 'put-off' : 'unreached';
  }
}
