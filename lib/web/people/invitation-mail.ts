import { INVITATION_DAYS } from '@/lib/operations/limits/limits';
import type { InvitationMail } from '@/lib/operations/people/invitation-mail';
import type { MailText } from '../mail/mail-text';
import { escapeHtml, htmlPage, paragraph } from '../mail/mail-text';
import { utcText } from '../responses/utc-text';

/**
 * Writes an invitation. It contains the address of the portal and no link that signs in: invited people sign in with a code like everybody.
 * Only the invited person learns here that their address has an account at another customer; the inviting administrator does not.
 *
 * @param portal name of the vendor and address of the portal
 */
export function writeInvitationMail(mail: InvitationMail, portal: { readonly vendorName: string; readonly url: URL }): MailText {
  const { vendorName, url } = portal;
  const invited = `${mail.invitedBy} invites you to the ${vendorName} portal, for ${mail.customerName}.`;
  const what = 'There you exchange the files of machines that have no network, and see which seats are in use.';
  const until = `The invitation lasts until ${utcText(endOf(mail.invitedAt))}.`;
  const how = `${howTo(mail, vendorName)} ${until}`;
  const ignore = 'If you do not expect this, ignore it: nothing changes. Nobody can sign in without reading your mail.';
  const address = url.origin;
  return {
    subject: `You are invited to the ${vendorName} portal`,
    text: `Hello ${mail.name},\n\n${invited} ${what}\n\n    ${address}\n\n${how}\n\n${ignore}\n`,
    html: htmlPage(
      paragraph(`Hello ${mail.name},`),
      paragraph(`${invited} ${what}`),
      `<p style="margin:0 0 16px"><a href="${escapeHtml(address)}">${escapeHtml(address)}</a></p>`,
      paragraph(how),
      paragraph(ignore),
    ),
  };
}

function endOf(invitedAt: Date): Date {
  return new Date(invitedAt.getTime() + INVITATION_DAYS * 86_400_000);
}

function howTo({ to, elsewhere, customerName }: InvitationMail, vendorName: string): string {
  if (elsewhere === null)
    return `Sign in with this e-mail address, ${to}. There is no password: each time you get a code by mail.`;
  const there = elsewhere === '' ? vendorName : elsewhere;
  return [
    `This e-mail address, ${to}, has an account here already, for ${there}, and an address can have one account only.`,
    `To change over to ${customerName}, have the account for ${there} removed first, by an administrator of theirs or by ${vendorName};`,
    'the next time you sign in, you accept this invitation. Until then nothing changes.',
  ].join(' ');
}
