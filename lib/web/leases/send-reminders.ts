import 'server-only';
import { z } from 'zod';
import type { OperationContext } from '@/lib/operations/context';
import type { Reminder } from '@/lib/operations/leases/reminder';
import { listReminders, reserveReminder, settleReminder } from '@/lib/operations/leases/send-reminder';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { logFault, makeEventId } from '../faults/fault';
import type { Mailing } from '../mail/mailing';
import { writeReminderMail } from './reminder-mail';

/**
 * Sends each person one mail with all reminders that are due. Safe to run in several workers. A worker that stops between sending a mail and
 * recording it causes a second mail later: a duplicate is harmless, while a missing reminder may stop a machine.
 *
 * @returns number of mails that the mail server accepted; stops early when the server is unreachable
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

/** Sends one person the reminders that are due; null when there are none. */
export async function sendReminderTo(
  context: OperationContext,
  mailing: Mailing,
  userId: string,
): Promise<ReminderOutcome | null> {
  const reminder = await reserveFor(userId, context);
  return reminder === null ? null : sendOne(context, mailing, reminder);
}

/** Reserves the reminders of one person after another, lazily. */
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

/** Reserves the reminders of one person. A fault is logged and skipped, so that the others still get theirs. */
async function reserveFor(userId: string, context: OperationContext): Promise<Reminder | null> {
  try {
    return await performOrThrow(reserveReminder, { userId }, context);
  } catch (error) {
    logFault(error, { event: makeEventId(), task: 'make a reminder' });
    return null;
  }
}

/** `put-off`: the mail server may accept it later. `unreached`: the server is down, so further attempts are pointless now. */
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

// 4xx replies are transient (RFC 5321, section 4.2.1).
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
