import 'server-only';
import { after } from 'next/server';
import { logFault, makeEventId } from '../faults/fault';
import { portalContext, portalMailing } from '../mail/mailing';
import { sendClaimMails } from './send-claim-mails';

/** Sends the messages of a claim after the page was answered. What is left over is sent by the task `claim.mail`. */
export function notifyClaim(claimId: string): void {
  after(async () => {
    try {
      await sendClaimMails(portalContext(), portalMailing(), claimId);
    } catch (error) {
      logFault(error, { event: makeEventId(), task: 'send messages about a claim' });
    }
  });
}
