import { z } from 'zod';
import { readClock } from '@/db/clock';
import { writeMailOutcome } from '@/db/people/commit-person';
import { formatSmtpReply } from '../claims/smtp-reply';
import { defineOperation, done } from '../operation';

/** An invitation to be sent. */
export interface InvitationMail {
  readonly personId: string;
  readonly customerId: string;
  readonly to: string;
  readonly name: string;
  readonly customerName: string;
  /** Address of the inviter; support invites in the vendor's name. */
  readonly invitedBy: string;
  /** The customer at which the address has an account already; empty for the vendor. The inviter never learns it. */
  readonly elsewhere: string | null;
  /** Identifies the invitation: only the outcome of the newest one is stored. */
  readonly invitedAt: Date;
}

/** The outcome of a mail, and the reply of the mail server. `failed`: no server accepted or refused it. */
export interface MailOutcome {
  readonly outcome: 'accepted' | 'refused' | 'failed';
  readonly answer: string;
}

/** Records what the mail server replied to an invitation. The portal is the actor: the inviter's request may have ended by then. */
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
    const reply = formatSmtpReply(answer);
    const audit = { at, customerId, userId: null, actor: 'portal', role: 'portal', action: `person.mail-${outcome}` as const };
    await writeMailOutcome(db, {
      ...{ personId, invitedAt, at, outcome, answer: reply },
      audit: { ...audit, detail: { personId, email: to, answer: reply } },
    });
    return done({ settled: true });
  },
});
