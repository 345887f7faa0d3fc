import type { ReleaseReason } from '@/lib/licensing/claims/lost-device-claim';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import { callCommit } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';

/** Opens a claim and writes the audit row, if what the decision assumed still holds and the activation has no other open claim. */
export function commitClaim(
  db: Database,
  {
    audit,
    ...commit
  }: {
    at: Date;
    claimId: string;
    customerId: string;
    entitlementId: string;
    revision: number;
    activationId: string;
    claimantId: string;
    reason: ReleaseReason;
    note: string;
    audit: AuditEntry;
  },
): Promise<CommitOutcome> {
  return callCommit(db, 'open_claim', { ...toRowJson(commit), audit: toRowJson(audit) });
}

/** Closes a claim without a release, and writes the audit row, if the claim is still open. */
export function commitClaimClosed(
  db: Database,
  {
    audit,
    ...commit
  }: {
    at: Date;
    claimId: string;
    customerId: string;
    state: 'refused' | 'withdrawn';
    userId: string | null;
    answer: string;
    audit: AuditEntry;
  },
): Promise<CommitOutcome> {
  return callCommit(db, 'close_claim', { ...toRowJson(commit), audit: toRowJson(audit) });
}
