import 'server-only';
import type { CodeMail } from '@/lib/operations/sign-in/sign-in-request';
import { logFault, makeEventId } from '../faults/fault';
import { hasMailServer, sendMail } from '../mail/send-mail';
import { services } from '../services';
import { portalUrl } from '../web-settings';
import { writeSignInMail } from './sign-in-mail';

/**
 * Sends a one-time code; prints it on the console only when there is no mail server. Logs a failure as a fault and hides it from the person,
 * so that the page is the same for every address.
 */
export async function sendSignInMail(mail: CodeMail): Promise<void> {
  if (!hasMailServer()) {
    process.stdout.write(
      `${mail.purpose === 'proof' ? 'Code' : 'Sign-in code'} for ${mail.to}: ${mail.code} (until ${mail.goodUntil.toISOString()})\n`,
    );
    return;
  }
  try {
    const vendor = await services().keyring.identity();
    const written = writeSignInMail(mail, { vendorName: vendor.name, url: portalUrl() });
    await sendMail({ name: mail.name, address: mail.to }, written);
  } catch (error) {
    logFault(error, { event: makeEventId(), task: 'send the sign-in code' });
  }
}
