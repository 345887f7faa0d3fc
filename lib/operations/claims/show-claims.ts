import { z } from 'zod';
import { listClaimMails } from '@/db/claims/claim-mails';
import type { ListedClaim } from '@/db/claims/list-claims';
import { countOpenClaims, listClosedClaims, listOpenClaims } from '@/db/claims/list-claims';
import { readClock } from '@/db/clock';
import { PAGE_ROWS } from '@/db/seats/list-activations';
import { readReleaseCase } from '@/db/seats/read-release-case';
import type { ApproverTie } from '@/lib/licensing/claims/approver-ties';
import { decideApproval, refuseAnswer, refuseWithdrawal } from '@/lib/licensing/claims/lost-device-claim';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallsLeft } from '@/lib/licensing/seats/allowance';
import type { Actor } from '../actor';
import { scopeOf, userIdOf } from '../actor';
import { cursorInput, pageOf } from '../cursor';
import { defineOperation, done, refuse } from '../operation';
import { mayPerform } from '../permission';
import { findTiesToClaimant } from './approver-ties';

/** A claim as listed. */
export type ClaimListed = ListedClaim;

/** Lists the claims that the actor may see: a page of open ones, longest waiting first, and a page of closed ones, newest first. */
export const listClaims = defineOperation({
  name: 'claim.list',
  kind: 'query',
  permission: 'claim:read',
  input: z.object({ after: cursorInput.default(null), openAfter: cursorInput.default(null) }),
  async run({ after, openAfter }, context) {
    const scope = scopeOf(context.actor);
    const [now, open, closed] = await Promise.all([
      context.now ?? readClock(context.db),
      listOpenClaims(context.db, { scope, after: openAfter }),
      listClosedClaims(context.db, { scope, after }),
    ]);
    const page = pageOf(closed, PAGE_ROWS, ({ claim }) => ({ at: claim.decidedAt ?? claim.openedAt, id: claim.id }));
    const waiting = pageOf(open, PAGE_ROWS, ({ claim }) => ({ at: claim.openedAt, id: claim.id }));
    const shown = page.rows.map((row) => ({ ...row, claim: claimFor(context.actor, row.claim) }));
    return done({ now, open: waiting, closed: { ...page, rows: shown } });
  },
});

/** Counts the open claims that the actor can approve or refuse. */
export const countClaims = defineOperation({
  name: 'claim.count',
  kind: 'query',
  permission: 'claim:answer',
  input: z.object({}),
  async run(_, { db, actor }) {
    return done(await countOpenClaims(db, { scope: scopeOf(actor), exceptOf: userIdOf(actor) }));
  },
});

/** Shows one claim, its seat, and what the actor can do with it at this moment. */
export const showClaim = defineOperation({
  name: 'claim.show',
  kind: 'query',
  permission: 'claim:read',
  input: z.object({ claimId: z.uuid() }),
  async run({ claimId }, context) {
    const { actor, db } = context;
    const [{ now, found }, mails] = await Promise.all([
      readReleaseCase(db, { scope: scopeOf(actor), claimId, now: context.now }),
      listClaimMails(db, { claimId, isVendors: isVendors(actor) }),
    ]);
    if (found === null || found.claim === null) return refuse(reject('not-found'));
    const { claim, activation, entitlement, device, releasedAts } = found;
    const userId = userIdOf(actor);
    const mayAnswer = mayPerform(actor.role, 'claim:answer') && refuseAnswer(claim, { userId }) === null;
    const policy = entitlement.releasePolicy;
    const reinstalls = reinstallsLeft(entitlement, entitlement.freed, now);
    const ties = mayAnswer ? await findTiesToClaimant(context, claim, now) : [];
    const approval =
      mayAnswer && (actor.role === 'customer_admin' || actor.role === 'support' || actor.role === 'operator')
        ? decideApproval({
            claim,
            approver: { role: actor.role, userId },
            ties,
            activation,
            policy,
            releasedAts,
            reinstalls,
            now,
          })
        : null;
    const mayWithdraw = refuseWithdrawal(claim, userId) === null;
    return done({
      now,
      claim: claimFor(actor, claim),
      activation,
      entitlement,
      device,
      approval,
      mayWithdraw,
      mails,
      reinstalls,
    });
  },
});

/** Hides the ties between approver and claimant from customers: only the vendor sees them. */
function claimFor<Shown extends { readonly ties: readonly ApproverTie[] }>(actor: Actor, claim: Shown): Shown {
  return isVendors(actor) ? claim : { ...claim, ties: [] };
}

function isVendors({ role }: Actor): boolean {
  return role === 'support' || role === 'operator';
}
