import 'server-only';
import type { ClaimMail } from '@/lib/operations/claims/claim-mail';
import { reserveDueClaimMails, settleMail } from '@/lib/operations/claims/claim-mail';
import type { OperationContext } from '@/lib/operations/context';
import type { MailOutcome } from '@/lib/operations/people/invitation-mail';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { logFault, makeEventId } from '../faults/fault';
import type { Mailing } from '../mail/mailing';
import { outcomeOfMail } from '../mail/mailing';
import { writeClaimMail } from './claim-mail';

/**
 * Sends the mails that are due, of one claim or of all. Safe to run in several workers: each mail is sent once, unless a worker stops between
 * sending it and recording that.
 *
 * @param context acts as the portal
 */
export async function sendClaimMails(context: OperationContext, mailing: Mailing, claimId: string | null = null): Promise<void> {
  while (true) {
    const mails = await performOrThrow(reserveDueClaimMails, { claimId }, context);
    if (mails.length === 0) return;
    for (const mail of mails) await sendOne(context, mailing, mail);
  }
}

async function sendOne(context: OperationContext, { url, send }: Mailing, mail: ClaimMail): Promise<void> {
  const { claimId, userId, tells, to } = mail;
  const vendor = await context.keyring.identity();
  const outcome = await outcomeOf(() => send(to, writeClaimMail(mail, { vendorName: vendor.name, url })));
  await performOrThrow(settleMail, { claimId, userId, tells, address: to.address, ...outcome }, context);
}

async function outcomeOf(send: () => Promise<unknown>): Promise<MailOutcome> {
  try {
    return { outcome: 'accepted', answer: String(await send()) };
  } catch (error) {
    const refusal = outcomeOfMail(error);
    if (refusal.isFinal) return { outcome: 'refused', answer: refusal.answer };
    logFault(error, { event: makeEventId(), task: 'send a message about a claim' });
    return { outcome: 'failed', answer: refusal.answer };
  }
}
