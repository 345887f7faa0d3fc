import type { Undo } from '@/lib/licensing/exchange/decision';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import { callCommit } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';

/** Takes a release back, and writes the audit row with it. */
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
