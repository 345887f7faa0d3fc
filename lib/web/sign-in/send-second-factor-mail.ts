import 'server-only';
import type { SecondFactorMail } from '@/lib/operations/sign-in/second-factor-mail';
import { logFault, makeEventId } from '../faults/fault';
import { hasMailServer, sendMail } from '../mail/send-mail';
import { services } from '../services';
import { portalUrl } from '../web-settings';
import { writeSecondFactorMail } from './second-factor-mail';

/** Notifies a person of a change to their second factor, on the console without a mail server. Never throws, since the change is done. */
export async function sendSecondFactorMail(mail: SecondFactorMail): Promise<void> {
  try {
    const { name: vendorName, supportContact } = await services().keyring.identity();
    const written = writeSecondFactorMail(mail, { vendorName, supportContact, url: portalUrl() });
    if (hasMailServer()) await sendMail({ name: mail.name, address: mail.to }, written);
    else process.stdout.write(`Mail for ${mail.to}: ${written.subject}\n`);
  } catch (error) {
    logFault(error, { event: makeEventId(), task: 'notify of a change of the second factor' });
  }
}
