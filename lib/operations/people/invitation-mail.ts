import { z } from 'zod';
import { readClock } from '@/db/clock';
import { writeMailOutcome } from '@/db/people/commit-person';
import { formatSmtpReply } from '../claims/smtp-reply';
import { defineOperation, done } from '../operation';

/** An invitation that is to be sent. */
export interface InvitationMail {
  readonly personId: string;
  readonly customerId: string;
  readonly to: string;
  readonly name: string;
  readonly customerName: string;
  /** Address of who invites; the vendor's support does so in the vendor's name. */
  readonly invitedBy: string;
  /** The customer at which the address has an account already; empty for the vendor. Nothing of it reaches whoever invites. */
  readonly elsewhere: string | null;
  /** Which invitation it is: only the newest one's outcome is kept. */
  readonly invitedAt: Date;
}

/** What became of a mail, and what the mail server said. `failed`: no server took or refused it. */
export interface MailOutcome {
  readonly outcome: 'accepted' | 'refused' | 'failed';
  readonly answer: string;
}

/** Writes down what the mail server said to an invitation, for the portal itself: whoever asked for it may be gone by then. */
export const recordInvitationMail = defineOperation({
  name: 'invitation-mail.settle',
  kind: 'command',
  permission: 'invitation-mail:send',
  input: z.strictObject({
    mail: z.object({ personId: z.uuid(), customerId: z.uuid(), invitedAt: z.date(), to: z.string() }),
    outcome: z.enum(['accepted', 'refused', 'failed']),
    answer: z.string(),
  }),
  async run({ mail, outcome, answer }, { db, now }) {
    const { personId, customerId, invitedAt, to } = mail;
    const at = now ?? (await readClock(db));
    const line = formatSmtpReply(answer);
    const audit = { at, customerId, userId: null, actor: 'portal', role: 'portal', action: `person.mail-${outcome}` as const };
    await writeMailOutcome(db, {
      ...{ personId, invitedAt, at, outcome, answer: line },
      audit: { ...audit, detail: { personId, email: to, answer: line } },
    });
    return done({ settled: true });
  },
});
