import 'server-only';
import { createTransport } from 'nodemailer';
import { services } from '../services';
import { portalUrl, required, settings } from '../web-settings';
import type { MailText } from './mail-text';

/** Says whether a mail server is configured (`SMTP_URL`). Otherwise mails are printed on the console. */
export function hasMailServer(): boolean {
  return settings().smtpUrl !== null;
}

/**
 * Sends a message by `SMTP_URL`, from `MAIL_FROM` or the vendor at the portal's host.
 *
 * @returns reply of the mail server
 * @throws errors of nodemailer when the server refuses the message or is unreachable
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
