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
import { oneLine } from './mail-answer';

/** A message about a claim that is to be sent. */
export type ClaimMail = ReservedClaimMail;

/** Claims the next messages that are due, about one claim or about all. Whoever claims settles; what nobody settles is due again. */
export const claimMails = defineOperation({
  name: 'claim-mail.claim',
  kind: 'command',
  permission: 'claim-mail:send',
  input: z.strictObject({ claimId: z.uuid().nullable() }),
  run: async ({ claimId }, context) => done(await reserveClaimMails(context.db, { at: await instantOf(context), claimId })),
});

/** Writes down what became of a message about a claim. `failed`: it is tried again. */
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
    const said = oneLine(answer);
    const action = mail.outcome === 'accepted' ? 'claim.mailed' : 'claim.mail-refused';
    const detail = { personId: mail.userId, email: address, claimId: mail.claimId, answer: said };
    const who = { customerId: null, userId: userIdOf(actor), actor: actor.label, role: actor.role };
    await settleClaimMail(db, { ...mail, answer: said, audit: { at: await instantOf(context), ...who, action, detail } });
    return done({ settled: mail.outcome !== 'failed' });
  },
});

/** Has the messages that tell how a claim stands sent once more, for those who can answer claims. */
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
