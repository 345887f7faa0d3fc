import 'server-only';
import type { SecondFactorMail } from '@/lib/operations/sign-in/second-factor-mail';
import { logFault, makeEventId } from '../faults/fault';
import { hasMailServer, sendMail } from '../mail/send-mail';
import { services } from '../services';
import { portalUrl } from '../settings';
import { writeSecondFactorMail } from './second-factor-mail';

/** Tells somebody what happened to their second factor. Without a mail server, prints it on the console. Never throws: it has happened. */
export async function sendSecondFactorMail(mail: SecondFactorMail): Promise<void> {
  try {
    const { name: vendorName, supportContact } = await services().keyring.identity();
    const written = writeSecondFactorMail(mail, { vendorName, supportContact, url: portalUrl() });
    if (hasMailServer()) await sendMail({ name: mail.name, address: mail.to }, written);
    else process.stdout.write(`Mail for ${mail.to}: ${written.subject}\n`);
  } catch (error) {
    logFault(error, { event: makeEventId(), task: 'tell of a change of the second factor' });
  }
}
