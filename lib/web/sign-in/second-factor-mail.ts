import type { SecondFactorMail } from '@/lib/operations/sign-in/second-factor-mail';
import type { MailText } from '../mail/mail-text';
import { escapeHtml, htmlPage, paragraph } from '../mail/mail-text';

/**
 * Writes the notification of a change to a second factor. Its only link undoes switching it on, after a confirmation; other advice is text.
 *
 * @param portal name of the vendor, address of the portal, and support contact
 */
export function writeSecondFactorMail(
  { name, at, what }: SecondFactorMail,
  portal: { readonly vendorName: string; readonly supportContact: string; readonly url: URL },
): MailText {
  const { subject, happened, next } = wordsFor(what);
  const where = `${portal.vendorName} portal at ${portal.url.host}`;
  const when = instantText(at);
  const parts = [`Hello ${name},`, `${happened} This was at ${when}, in the ${where}.`, next];
  const ask = `If it was not you, ask at once: ${portal.supportContact}`;
  const link =
    what.kind === 'on' ? { until: instantText(what.undo.endsAt), address: undoAddress(what.undo.secret, portal.url) } : null;
  const undo = link === null ? [] : [`If it was not you, undo it here, until ${link.until}, and everybody is signed out:`];
  return {
    subject: `${subject} (${portal.vendorName} portal)`,
    text: `${[...parts, ...undo, ...(link === null ? [] : [`    ${link.address}`]), ask].join('\n\n')}\n`,
    html: htmlPage(...[...parts, ...undo].map(paragraph), ...(link === null ? [] : [linkTo(link.address)]), paragraph(ask)),
  };
}

function undoAddress(secret: string, url: URL): string {
  return new URL(`/not-me/${secret}`, url).href;
}

function instantText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function linkTo(address: string): string {
  return `<p style="margin:0 0 16px"><a href="${escapeHtml(address)}">${escapeHtml(address)}</a></p>`;
}

function wordsFor(what: SecondFactorMail['what']): { subject: string; happened: string; next: string } {
  switch (what.kind) {
    case 'on':
      return {
        subject: 'Your second factor is on',
        happened: 'You switched the second factor on, and other browsers were signed out.',
        next: 'From now on, signing in asks for the code from your mail and then for one from your app. Keep the recovery codes apart from your phone.',
      };
    case 'undone':
      return {
        subject: 'Your second factor is off again',
        happened:
          'By the link in our mail it was undone that your second factor was switched on, and you were signed out everywhere.',
        next: 'Sign in with the code from your mail, and look under Activity for what you did not do.',
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
