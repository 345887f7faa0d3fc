import 'server-only';
import { z } from 'zod';
import type { InvitationMail, MailOutcome } from '@/lib/operations/people/invitation-mail';
import { recordInvitationMail } from '@/lib/operations/people/invitation-mail';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { logFault, makeEventId } from '../faults/fault';
import { portalContext } from '../mail/mailing';
import { hasMailServer, sendMail } from '../mail/send-mail';
import { services } from '../services';
import { portalUrl } from '../web-settings';
import { writeInvitationMail } from './invitation-mail';

/** Sends an invitation and records the outcome of the mail. Never throws: the outcome is shown to the administrator, who can resend it. */
export async function sendInvitation(mail: InvitationMail): Promise<void> {
  try {
    await performOrThrow(recordInvitationMail, { mail, ...(await send(mail)) }, portalContext());
  } catch (error) {
    logFault(error, { event: makeEventId(), task: 'record the mail of an invitation' });
  }
}

async function send(mail: InvitationMail): Promise<MailOutcome> {
  const vendor = await services().keyring.identity();
  const url = portalUrl();
  if (!hasMailServer()) {
    process.stdout.write(`Invitation for ${mail.to}: sign in at ${url.origin}\n`);
    return { outcome: 'accepted', answer: 'Printed on the console, because no mail server is set up.' };
  }
  try {
    const written = writeInvitationMail(mail, { vendorName: vendor.name, url });
    return { outcome: 'accepted', answer: await sendMail({ name: mail.name, address: mail.to }, written) };
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal !== null) return { outcome: 'refused', answer: refusal };
    logFault(error, { event: makeEventId(), task: 'send an invitation' });
    return { outcome: 'failed', answer: 'The mail server could not be reached.' };
  }
}

const answered = z.object({ responseCode: z.int().min(400).max(599), response: z.string() });

/** Reads the reply of the mail server from the error of nodemailer (RFC 5321, section 4.2.1); null when it was unreachable. */
export function readRefusal(error: unknown): string | null {
  const found = answered.safeParse(error);
  return found.success ? found.data.response : null;
}
