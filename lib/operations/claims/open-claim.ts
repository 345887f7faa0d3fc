import { randomUUID } from 'node:crypto';
import { commitClaim } from '@/db/claims/commit-claim';
import { readReleaseCase } from '@/db/seats/read-release-case';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallsLeft } from '@/lib/licensing/seats/allowance';
import { decideRelease } from '@/lib/licensing/seats/decide-release';
import { isPerson, scopeOf } from '../actor';
import { recordRefusal } from '../audit/record-refusal';
import type { ActingContext } from '../context';
import { retryCommit } from '../exchange/retry-commit';
import { findOwnFile } from '../exchange/show-exchange';
import { defineOperation, done, refuse } from '../operation';
import type { ReleaseInput } from '../seats/release-input';
import { releaseInput } from '../seats/release-input';
import { releaserOf } from '../seats/releaser-of';
import { seatAudit } from '../seats/seat-audit';

/** A claim that was just opened. Its mails are due now. */
interface Opened {
  readonly claimId: string;
  readonly entitlementId: string;
}

/** Opens a claim for the release of a seat without proof, where the policy requires an approval. A seat has at most one open claim. */
export const openClaim = defineOperation({
  name: 'claim.open',
  kind: 'command',
  permission: 'claim:open',
  input: releaseInput,
  async run(values, context) {
    const claimId = randomUUID();
    const outcome = await retryCommit((again) => attempt(context, { ...values, claimId, again }));
    if ('code' in outcome) return refuse(outcome);
    return done({ ...outcome, file: await findOwnFile(context, values.file) });
  },
});

async function attempt(
  context: ActingContext,
  { activationId, reason, note, claimId, again }: ReleaseInput & { readonly claimId: string; readonly again: boolean },
): Promise<Opened | Rejection | 'stale'> {
  const { actor, db } = context;
  if (!isPerson(actor)) return reject('not-allowed');
  const { now, found } = await readReleaseCase(db, { scope: scopeOf(actor), activationId, now: context.now });
  if (found === null) return reject('not-found');
  const { activation, entitlement, releasedAts, claim } = found;
  const opened = { claimId, entitlementId: entitlement.id };
  if (again && claim?.id === claimId) return opened;

  const audit = seatAudit(actor, { at: now, action: 'claim.opened', activation, detail: { claimId, reason, note } });
  const releaser = releaserOf(actor, activation);
  const reinstalls = reinstallsLeft(entitlement, entitlement.freed, now);
  const decision = decideRelease({ activation, policy: entitlement.releasePolicy, releaser, releasedAts, reinstalls, now });
  const rejection = refusalOf(decision, claim?.state === 'open');
  if (rejection !== null) {
    await recordRefusal(context, { ...audit, action: 'claim.open-refused', code: rejection.code, detail: { reason, note } });
    return rejection;
  }

  const { customerId, id: entitlementId, revision } = entitlement;
  const outcome = await commitClaim(db, {
    ...{ at: now, claimId, customerId, entitlementId, revision, activationId },
    ...{ claimantId: actor.userId, reason, note, audit },
  });
  return outcome === 'done' ? opened : 'stale';
}

function refusalOf(decision: ReturnType<typeof decideRelease>, isOpen: boolean): Rejection | null {
  if (decision.outcome === 'reject') return decision.rejection;
  if (decision.outcome === 'release') return reject('approval-not-needed');
  return isOpen ? reject('claim-open') : null;
}
