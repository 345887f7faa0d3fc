import { createTransport } from 'nodemailer';

const WITHIN_MS = 3000;

/**
 * Checks that the mail server accepts mail from us: connects, greets (`EHLO`) and, where the address has a password, signs in.
 *
 * @returns what is wrong, for the person who set `SMTP_URL`; null when it answered
 */
export async function tryMailServer(url: string): Promise<string | null> {
  const transport = createTransport({ url, connectionTimeout: WITHIN_MS, greetingTimeout: WITHIN_MS, socketTimeout: WITHIN_MS });
  try {
    await transport.verify();
    return null;
  } catch (error) {
    const found = error instanceof Error ? error.message : 'no answer';
    return `SMTP_URL: expected a mail server that answers within ${WITHIN_MS / 1000} seconds, found: ${found}. The portal runs all the same, but nobody gets a code to sign in before the mail server takes mail.`;
  } finally {
    transport.close();
  }
}
