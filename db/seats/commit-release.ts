import type { ApproverTie } from '@/lib/licensing/claims/approver-ties';
import type { Release, Undo } from '@/lib/licensing/exchange/decision';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import type { ReleaseLimit } from '@/lib/licensing/seats/release-policy';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import { callCommit } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';

/** A claim as it is approved. */
interface ApprovedClaim {
  readonly id: string;
  readonly answer: string;
  /** Ties between approver and claimant, and the audit entry that informs support of them; empty and null if there are none. */
  readonly ties: readonly ApproverTie[];
  readonly told: AuditEntry | null;
  readonly audit: AuditEntry;
}

/** Releases a seat without proof, approves its claim if there is one, and writes the audit rows, in one statement. */
export function commitRelease(
  db: Database,
  commit: {
    at: Date;
    decision: Release;
    customerId: string;
    entitlementId: string;
    revision: number;
    leaseSequence: number;
    /** Null: any number. */
    limit: ReleaseLimit | null;
    reinstalls: Pick<AllowanceLeft, 'times' | 'since'>;
    userId: string | null;
    reason: string;
    /** The claim that this approves; null for a release without a claim. */
    claim: ApprovedClaim | null;
    audit: AuditEntry;
  },
): Promise<CommitOutcome> {
  const { claim } = commit;
  return callCommit(db, 'commit_release', {
    at: commit.at,
    customer_id: commit.customerId,
    entitlement_id: commit.entitlementId,
    activation_id: commit.decision.activationId,
    current_sequence: commit.leaseSequence,
    revision: commit.revision,
    limit: commit.limit,
    reinstalls: commit.reinstalls,
    held_until: commit.decision.heldUntil,
    frees_seat: commit.decision.freesSeat,
    user_id: commit.userId,
    reason: commit.reason,
    claim: claim && {
      ...{ id: claim.id, answer: claim.answer, ties: claim.ties, audit: toRowJson(claim.audit) },
      told: claim.told && toRowJson(claim.told),
    },
    audit: toRowJson(commit.audit),
  });
}

/** Undoes a release, and writes the audit row in the same statement. */
export function commitUndo(
  db: Database,
  commit: {
    at: Date;
    decision: Undo;
    customerId: string;
    entitlementId: string;
    leaseSequence: number;
    releasedAt: Date;
    reinstalls: { readonly times: number };
    audit: AuditEntry;
  },
): Promise<CommitOutcome> {
  return callCommit(db, 'undo_release', {
    at: commit.at,
    customer_id: commit.customerId,
    entitlement_id: commit.entitlementId,
    activation_id: commit.decision.activationId,
    current_sequence: commit.leaseSequence,
    released_at: commit.releasedAt,
    takes_seat: commit.decision.takesSeat,
    state: commit.decision.state,
    reinstalls: commit.reinstalls,
    audit: toRowJson(commit.audit),
  });
}
