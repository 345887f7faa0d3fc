import type { ApproverTie } from '@/lib/licensing/claims/approver-ties';
import type { ClaimMail } from '@/lib/operations/claims/claim-mail';
import type { MailText } from '../mail/mail-text';
import { escapeHtml, htmlPage, paragraph } from '../mail/mail-text';
import { utcText } from '../responses/utc-text';

const REASONS: Record<ClaimMail['reason'], string> = {
  lost: 'it is lost',
  stolen: 'it was stolen',
  broken: 'it is broken',
  sold: 'it was sold or scrapped',
  reinstalled: 'it was set up anew',
  other: 'something else',
};

/**
 * Writes a mail about a claim: a request to decide for approvers, or its result for the other people concerned.
 *
 * @param portal name of the vendor and address of the portal
 */
export function writeClaimMail(mail: ClaimMail, portal: { readonly vendorName: string; readonly url: URL }): MailText {
  const { to, deviceName, tells } = mail;
  const words = tells === 'asked' ? mail.note : mail.answer;
  const address = new URL(`/claims/${mail.claimId}`, portal.url).href;
  const said = words === '' ? [] : [`In their words: “${words}”`];
  const lines = [...sentencesOf(mail), ...said, ...(mail.tells === 'asked' ? ['Approve or refuse it here:'] : [])];
  return {
    subject: SUBJECTS[mail.tells](deviceName),
    text: `Hello ${to.name},\n\n${lines.join('\n\n')}\n\n    ${address}\n\n${portal.vendorName}\n`,
    html: htmlPage(
      paragraph(`Hello ${to.name},`),
      ...lines.map(paragraph),
      `<p style="margin:0 0 16px"><a href="${escapeHtml(address)}">${escapeHtml(address)}</a></p>`,
      paragraph(portal.vendorName),
    ),
  };
}

const SUBJECTS: Record<ClaimMail['tells'], (deviceName: string) => string> = {
  asked: (name) => `Please answer: release of the seat of ${name}`,
  approved: (name) => `Approved: release of the seat of ${name}`,
  refused: (name) => `Refused: release of the seat of ${name}`,
  withdrawn: (name) => `Taken back: release of the seat of ${name}`,
  tied: (name) => `Please look: release of the seat of ${name}`,
  closed: (name) => `No longer needed: release of the seat of ${name}`,
};

const TIES: Record<ApproverTie, string> = {
  'approver-young': 'the account that approved is younger than seven days',
  'invited-by-claimant': 'whoever asked had invited it',
  'claimant-invited-and-young': 'it had invited whoever asked less than seven days ago',
};

function sentencesOf(mail: ClaimMail): string[] {
  const { tells, claimant, deviceName, productName, customerName, reason, heldUntil } = mail;
  const by = mail.decider ?? 'The vendor';
  const seat = `the seat of ${deviceName} on ${productName}`;
  switch (tells) {
    case 'asked':
      return [
        `${claimant} asks for the release of ${seat}, for ${customerName}. What happened to the device: ${REASONS[reason]}.`,
      ];
    case 'approved':
      return [
        `${by} approved the release of ${seat}.`,
        heldUntil === null
          ? 'The seat is free.'
          : `The device may go on running until ${utcText(heldUntil)}. Until then the seat stays in use, then it comes free by itself.`,
      ];
    case 'refused':
      return [`${by} refused the release of ${seat}. The seat stays with its device.`];
    case 'tied':
      return [
        `${by} approved the release of ${seat}, for ${customerName}, that ${claimant} asked for, and may not be anybody else: ${mail.ties.map((tie) => TIES[tie]).join('; ')}.`,
        'Look at it, and ask the customer where in doubt. The release can be undone until the seat is used again.',
      ];
    case 'withdrawn':
      return [
        `${claimant} no longer asks for the release of ${seat}. Nothing is left to answer. The seat stays with its device.`,
      ];
    case 'closed':
      return [`The release of ${seat} that ${claimant} asked for is no longer needed: the seat was given up in another way.`];
  }
}
