import 'server-only';
import { z } from 'zod';
import type { OperationContext } from '@/lib/operations/context';
import { services } from '../services';
import { portalUrl } from '../web-settings';
import type { MailText } from './mail-text';
import { hasMailServer, sendMail } from './send-mail';

/** How mails are sent, and the base address of their links. */
export interface Mailing {
  readonly url: URL;
  /** Sends a mail and returns the reply of the mail server. Throws the errors of nodemailer. */
  readonly send: (to: { readonly name: string; readonly address: string }, mail: MailText) => Promise<unknown>;
}

/** Makes the mailing of this portal: by the mail server, or on the console when there is none. */
export function portalMailing(): Mailing {
  return { url: portalUrl(), send: hasMailServer() ? sendMail : print };
}

async function print(to: { readonly address: string }, { subject }: MailText): Promise<string> {
  process.stdout.write(`Mail for ${to.address}: ${subject}\n`);
  return 'Printed on the console, because no mail server is set up.';
}

/** Makes the context of operations that the portal performs by itself. */
export function portalContext(): OperationContext {
  return { ...services(), actor: { role: 'operator', label: 'portal' }, via: 'api' };
}

const answered = z.object({ responseCode: z.int().min(400).max(599), response: z.string() });

/** Reads the reply of the mail server from the error of nodemailer. 4xx replies are transient, not final (RFC 5321, section 4.2.1). */
export function outcomeOfMail(error: unknown): { readonly isFinal: boolean; readonly answer: string } {
  const found = answered.safeParse(error);
  if (!found.success) return { isFinal: false, answer: 'The mail server could not be reached.' };
  return { isFinal: found.data.responseCode >= 500, answer: found.data.response };
}
