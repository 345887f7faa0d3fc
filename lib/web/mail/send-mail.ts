import 'server-only';
import { createTransport } from 'nodemailer';
import { services } from '../services';
import { portalUrl, required, settings } from '../settings';
import type { MailText } from './mail-text';

/** Whether mail is sent (`SMTP_URL`), or printed on the console because there is no mail server. */
export function hasMailServer(): boolean {
  return settings().smtpUrl !== null;
}

/**
 * Sends a message by `SMTP_URL`, from `MAIL_FROM` or the vendor at the portal's host.
 *
 * @returns what the mail server said when it took the message
 * @throws what nodemailer throws when the server refused it or did not answer
 */
export async function sendMail(to: { readonly name: string; readonly address: string }, mail: MailText): Promise<string> {
  const vendor = await services().keyring.identity();
  const from = settings().mailFrom ?? { name: vendor.name, address: `no-reply@${portalUrl().hostname}` };
  const transport = createTransport({
    url: required('SMTP_URL', settings().smtpUrl),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  const headers = { 'Auto-Submitted': 'auto-generated' };
  const { response } = await transport.sendMail({ from, to, headers, ...mail, attachments: [...(mail.attachments ?? [])] });
  return response;
}
