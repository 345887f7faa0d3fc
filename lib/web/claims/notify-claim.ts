import 'server-only';
import { after } from 'next/server';
import { logFault, makeEventId } from '../faults/fault';
import { portalContext, portalMailing } from '../mail/mailing';
import { sendClaimMails } from './send-claim-mails';

/** Sends the mails of a claim once the response is sent. The task `claim.mail` sends those that fail here. */
export function notifyClaim(claimId: string): void {
  after(async () => {
    try {
      await sendClaimMails(portalContext(), portalMailing(), claimId);
    } catch (error) {
      logFault(error, { event: makeEventId(), task: 'send messages about a claim' });
    }
  });
}
