import 'server-only';
import { createTransport } from 'nodemailer';
import { portal } from '@/lib/operations/portal';
import type { CodeMail } from '@/lib/operations/sign-in-request';
import { logFault, makeEventId } from './fault';
import { portalUrl } from './settings';
import { writeSignInMail } from './sign-in-mail';

/**
 * Sends a one-time code by `SMTP_URL`, from `MAIL_FROM`. Without `SMTP_URL`, and only then, prints it on the console.
 * A message that cannot be sent is logged as a fault; the person who waits is told nothing else than everybody, and asks for another.
 */
export async function sendSignInMail(mail: CodeMail): Promise<void> {
  const smtpUrl = process.env.SMTP_URL ?? '';
  if (smtpUrl === '') {
    process.stdout.write(`Sign-in code for ${mail.to}: ${mail.code} (until ${mail.goodUntil.toISOString()})\n`);
    return;
  }
  try {
    const { vendor } = await portal().keyring.current();
    const url = portalUrl();
    const from = process.env.MAIL_FROM || { name: vendor.name, address: `no-reply@${url.hostname}` };
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    });
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transport.sendMail({
      from,
      to: { name: mail.name, address: mail.to },
      headers,
      ...writeSignInMail(mail, { vendorName: vendor.name, url }),
    });
  } catch (error) {
    logFault(error, { event: makeEventId(), task: 'send the sign-in code' });
  }
}
