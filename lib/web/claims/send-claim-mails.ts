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
 * Sends the messages about claims that are due, about one claim or about all. Any number of workers may do it at once, and each message goes
 * out once, but for one whose sender was cut off before it wrote that down.
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
  const became = await outcomeOf(() => send(to, writeClaimMail(mail, { vendorName: vendor.name, url })));
  await performOrThrow(settleMail, { claimId, userId, tells, address: to.address, ...became }, context);
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
