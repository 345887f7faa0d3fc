import type { CodeMail } from '@/lib/operations/sign-in/sign-in-request';
import type { MailText } from '../mail/mail-text';
import { htmlPage, paragraph } from '../mail/mail-text';

/**
 * Writes the mail with a one-time code. It contains no link that signs in, since mail scanners open every link.
 *
 * @param portal name of the vendor and address of the portal
 */
export function writeSignInMail(mail: CodeMail, portal: { readonly vendorName: string; readonly url: URL }): MailText {
  const code = `${mail.code.slice(0, 3)} ${mail.code.slice(3)}`;
  const until = `${mail.goodUntil.toISOString().slice(11, 16)} UTC`;
  const subject = `${code} is your code for the ${portal.vendorName} portal`;
  const invited = invitationLine(mail.invitedBy);
  const { asked, ignore } = wordsFor(mail.purpose, `the ${portal.vendorName} portal at ${portal.url.host}`);
  const how = 'Type this code into the page that asked for it:';
  const limits = `It works once, in that browser only, until ${until} (10 minutes after it was asked for).`;
  return {
    subject,
    text: `Hello ${mail.name},\n\n${asked}\n${how}\n\n    ${code}\n\n${[limits, ...invited, ignore].join('\n\n')}\n`,
    html: htmlPage(
      paragraph(`Hello ${mail.name},`),
      paragraph(`${asked} ${how}`),
      `<p style="margin:0 0 16px;font:bold 28px/1.2 monospace;letter-spacing:2px">${code}</p>`,
      ...[limits, ...invited].map(paragraph),
      paragraph(ignore),
    ),
  };
}

function wordsFor(purpose: CodeMail['purpose'], portal: string): { readonly asked: string; readonly ignore: string } {
  switch (purpose) {
    case 'sign-in':
      return {
        asked: `Somebody, probably you, wants to sign in to ${portal}.`,
        ignore: 'If you did not ask for it, ignore this message: nobody gets in without the code. Never pass it on.',
      };
    case 'proof':
      return {
        asked: `Somebody who is signed in as you, probably you, wants to change who can sign in to ${portal}.`,
        ignore:
          'If you did not ask for it, somebody else is signed in as you: sign in yourself, and sign out all others under your sign-ins. Never pass the code on.',
      };
  }
}

function invitationLine(customers: readonly string[]): readonly string[] {
  const [only, ...more] = customers;
  if (only === undefined) return [];
  if (more.length === 0)
    return [`You are invited by ${only}: with this code you accept, and your account belongs to them from then on.`];
  return [`You are invited by ${customers.join(' and by ')}. Once the code is typed, you choose whose invitation you accept.`];
}
