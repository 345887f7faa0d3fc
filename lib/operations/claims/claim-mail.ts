import { z } from 'zod';
import type { ReservedClaimMail } from '@/db/claims/claim-mails';
import { requestClaimMails, reserveClaimMails, settleClaimMail } from '@/db/claims/claim-mails';
import { CLAIM_TELLS } from '@/db/schema/claims';
import { readReleaseCase } from '@/db/seats/read-release-case';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf, userIdOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import { LIMITS } from '../limits/limits';
import { countAgainst } from '../limits/rate-limit';
import { defineOperation, done, refuse } from '../operation';
import { seatAudit } from '../seats/seat-audit';
import { formatSmtpReply } from './smtp-reply';

/** A message about a claim that is to be sent. */
export type ClaimMail = ReservedClaimMail;

/**
 * Reserves the next mails that are due, about one claim or about all. The caller sends them and records the outcome of each; a mail without a
 * recorded outcome falls due again.
 */
export const reserveDueClaimMails = defineOperation({
  name: 'claim-mail.claim',
  kind: 'command',
  permission: 'claim-mail:send',
  input: z.strictObject({ claimId: z.uuid().nullable() }),
  run: async ({ claimId }, context) => done(await reserveClaimMails(context.db, { at: await instantOf(context), claimId })),
});

/** Records the outcome of a mail about a claim. `failed`: it is sent again later. */
export const settleMail = defineOperation({
  name: 'claim-mail.settle',
  kind: 'command',
  permission: 'claim-mail:send',
  input: z.strictObject({
    claimId: z.uuid(),
    userId: z.uuid(),
    tells: z.enum(CLAIM_TELLS),
    address: z.string(),
    outcome: z.enum(['accepted', 'refused', 'failed']),
    answer: z.string(),
  }),
  async run({ address, answer, ...mail }, context) {
    const { db, actor } = context;
    const reply = formatSmtpReply(answer);
    const action = mail.outcome === 'accepted' ? 'claim.mailed' : 'claim.mail-refused';
    const detail = { personId: mail.userId, email: address, claimId: mail.claimId, answer: reply };
    const who = { customerId: null, userId: userIdOf(actor), actor: actor.label, role: actor.role };
    await settleClaimMail(db, { ...mail, answer: reply, audit: { at: await instantOf(context), ...who, action, detail } });
    return done({ settled: mail.outcome !== 'failed' });
  },
});

/** Schedules the mails about the present state of a claim to be sent once more. */
export const resendClaimMails = defineOperation({
  name: 'claim.resend',
  kind: 'command',
  permission: 'claim:answer',
  input: z.object({ claimId: z.uuid() }),
  async run({ claimId }, context) {
    const { db, actor } = context;
    const { now, found } = await readReleaseCase(db, { scope: scopeOf(actor), claimId, now: context.now });
    if (found === null || found.claim === null) return refuse(reject('not-found'));
    const retryAt = await countAgainst(db, LIMITS.mailsByClaim, claimId);
    if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
    const told = { at: now, action: 'claim.mails-wanted', activation: found.activation, detail: { claimId } } as const;
    const outcome = await requestClaimMails(db, { claimId, audit: seatAudit(actor, told) });
    return outcome === 'nothing' ? refuse(reject('nobody-to-tell')) : done({ claimId });
  },
});
