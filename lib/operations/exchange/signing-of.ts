import type { IssueAssumed } from '@/db/exchange/issue-holds';
import { issueStillHolds } from '@/db/exchange/issue-holds';
import type { Issue } from '@/lib/licensing/exchange/decision';
import type { Signing } from '@/lib/signing/signing-turns';
import type { ActingContext } from '../context';

/** What an answer assumes that is about to be sealed. */
export interface Assumed extends Omit<IssueAssumed, 'entitlementId' | 'revision' | 'takesSeat'> {
  readonly entitlement: { readonly id: string; readonly revision: number; readonly customerId: string };
  readonly decision: Pick<Issue, 'takesSeat'>;
}

/** Signs an answer in the turn of the customer whose entitlement it is about, as long as everything that it assumes still holds. */
export function signingOf({ db }: ActingContext, assumed: readonly Assumed[]): Signing {
  return {
    turnOf: assumed[0]?.entitlement.customerId ?? '',
    async isStillWanted() {
      for (const { entitlement, decision, ...rest } of assumed) {
        const { id: entitlementId, revision } = entitlement;
        if (!(await issueStillHolds(db, { ...rest, entitlementId, revision, takesSeat: decision.takesSeat }))) return false;
      }
      return true;
    },
  };
}
