import { TextLink } from '@/components/actions/text-link';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import type { Ask, Reject, Release } from '@/lib/licensing/exchange/decision';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import type { ReleasePolicy, ReleaseQuota } from '@/lib/licensing/seats/release-policy';
import type { ClaimShown } from '@/lib/operations/claims/claim-shown';
import { readableFacts } from '@/lib/web/refusals/readable-facts';
import { effectOf } from './effect';
import { ReleaseForm } from './forms';

interface SeatToReleaseProps {
  readonly activation: { readonly id: string; readonly runsOutAt: Date };
  readonly policy: ReleasePolicy;
  readonly quota: ReleaseQuota | null;
  readonly reinstalls: AllowanceLeft;
  readonly claim: ClaimShown | null;
  readonly decision: Release | Ask | Reject;
  readonly file: { readonly id: string } | null;
  /** Address of the cancel link. */
  readonly back: string;
  readonly now: Date;
}

/** Shows the effect of a release, and the form that releases the seat or opens a claim. */
export function SeatToRelease({ activation, policy, quota, reinstalls, claim, decision, file, back, now }: SeatToReleaseProps) {
  if (decision.outcome === 'reject') {
    const { cause, fix } = explain({ ...decision.rejection, facts: readableFacts(decision.rejection.facts) });
    return (
      <Note tone="info">
        {cause} {fix} Nothing was changed.
      </Note>
    );
  }
  const asks = decision.outcome === 'ask';
  const release = asks ? decision.release : decision;
  const { id: activationId, runsOutAt } = activation;
  const open = claim?.state === 'open' ? claim : null;
  return (
    <>
      {open === null ? null : <OpenClaim claim={open} />}
      <Card>
        <h2 className="sr-only">What happens</h2>
        <Facts facts={effectOf({ release, runsOutAt, policy, quota, reinstalls, now })} />
      </Card>
      {asks && open !== null ? null : (
        <Card>
          <ReleaseForm activationId={activationId} back={back} file={file} asks={asks} />
        </Card>
      )}
    </>
  );
}

function OpenClaim({ claim }: { readonly claim: ClaimShown }) {
  return (
    <Note tone="info">
      Somebody asked for this release on <Instant at={claim.openedAt} precision="minute" />, and it waits for an answer.{' '}
      {claim.mayOpen ? <TextLink href={`/claims/${claim.id}`}>Look at the claim</TextLink> : null}
    </Note>
  );
}
