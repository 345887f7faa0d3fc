import 'server-only';
import { after } from 'next/server';
import type { ClaimMail } from '@/lib/operations/claim-mail';
import { portal } from '@/lib/operations/portal';
import { writeClaimMail } from './claim-mail';
import { logFault, makeEventId } from './fault';
import { hasMailServer, sendMail } from './send-mail';
import { portalUrl } from './settings';

/**
 * Sends messages about a claim that is written, after the page was answered. Never throws: the claim stands in the portal, and everybody
 * concerned sees it there.
 */
export function sendClaimMails(mails: readonly ClaimMail[]): void {
  if (mails.length === 0) return;
  after(async () => {
    for (const mail of mails) await send(mail);
  });
}

async function send(mail: ClaimMail): Promise<void> {
  const url = portalUrl();
  if (!hasMailServer()) {
    process.stdout.write(`Claim for ${mail.to.address}: ${url.origin}/claims/${mail.claimId}\n`);
    return;
  }
  try {
    const { vendor } = await portal().keyring.current();
    await sendMail(mail.to, writeClaimMail(mail, { vendorName: vendor.name, url }));
  } catch (error) {
    logFault(error, { event: makeEventId(), task: 'send a message about a claim' });
  }
}
