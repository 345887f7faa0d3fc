import type { InvitationMail } from '@/lib/operations/invitation-mail';
import type { MailText } from './mail-text';
import { escapeHtml, htmlPage, paragraph } from './mail-text';

/**
 * Writes the message that invites somebody. It names the portal's address and nothing that signs in: they sign in with a code like everybody.
 *
 * @param portal whose portal it is, and its address
 */
export function writeInvitationMail(mail: InvitationMail, portal: { readonly vendorName: string; readonly url: URL }): MailText {
  const { vendorName, url } = portal;
  const invited = `${mail.invitedBy} invites you to the ${vendorName} portal, for ${mail.customerName}.`;
  const what = 'There you exchange the files of machines that have no network, and see which seats are in use.';
  const how = `Sign in with this e-mail address, ${mail.to}. There is no password: each time you get a code by mail.`;
  const ignore = 'If you do not expect this, ignore it. Nobody can sign in without reading your mail.';
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
