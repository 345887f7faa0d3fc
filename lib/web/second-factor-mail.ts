import type { SecondFactorMail } from '@/lib/operations/second-factor-mail';
import type { MailText } from './mail-text';
import { htmlPage, paragraph } from './mail-text';

/**
 * Writes the message that tells somebody what happened to their second factor. It has no link: what to do is said in words.
 *
 * @param portal whose portal it is, its address, and whom to ask
 */
export function writeSecondFactorMail(
  { name, at, what }: SecondFactorMail,
  portal: { readonly vendorName: string; readonly supportContact: string; readonly url: URL },
): MailText {
  const { subject, happened, next } = wordsFor(what);
  const where = `${portal.vendorName} portal at ${portal.url.host}`;
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const parts = [
    `Hello ${name},`,
    `${happened} This was at ${when}, in the ${where}.`,
    next,
    `If it was not you, ask at once: ${portal.supportContact}`,
  ];
  return {
    subject: `${subject} (${portal.vendorName} portal)`,
    text: `${parts.join('\n\n')}\n`,
    html: htmlPage(...parts.map(paragraph)),
  };
}

function wordsFor(what: SecondFactorMail['what']): { subject: string; happened: string; next: string } {
  switch (what.kind) {
    case 'on':
      return {
        subject: 'Your second factor is on',
        happened: 'You switched the second factor on, and other browsers were signed out.',
        next: 'From now on, signing in asks for the code from your mail and then for one from your app. Keep the recovery codes apart from your phone.',
      };
    case 'off':
      return {
        subject: 'Your second factor is off',
        happened: 'You switched the second factor off.',
        next: 'From now on, the code from your mail is enough to sign in.',
      };
    case 'codes-renewed':
      return {
        subject: 'You have new recovery codes',
        happened: 'You made new recovery codes.',
        next: 'The old ones no longer work.',
      };
    case 'reset':
      return {
        subject: 'Your second factor was reset',
        happened: `${what.by} reset your second factor, and you were signed out everywhere.`,
        next: 'Sign in with the code from your mail, and set the second factor up again under your sign-ins.',
      };
    case 'recovery-code-used':
      return {
        subject: 'A recovery code was used',
        happened: 'You signed in with a recovery code.',
        next: `Recovery codes left: ${what.left}. You can make new ones under your sign-ins.`,
      };
  }
}
