import type { ReactNode } from 'react';
import type { Fact } from '@/components/data/facts';
import { Instant } from '@/components/time/instant';
import type { Release } from '@/lib/licensing/decision';
import type { ReleasePolicy, ReleaseQuota } from '@/lib/licensing/release-policy';
import { describePolicy } from '../../../describe-release';

interface Effect {
  readonly release: Release;
  readonly runsOutAt: Date;
  readonly policy: ReleasePolicy;
  readonly quota: ReleaseQuota | null;
  readonly now: Date;
}

/** What a release comes to: until when the device may run, when its seat is free, and how many releases are left. */
export function effectOf({ release, runsOutAt, policy, quota, now }: Effect): Fact[] {
  const runs = now < runsOutAt;
  return [
    {
      term: 'The device',
      value: runs ? (
        <>
          may go on running until <Instant at={runsOutAt} precision="minute" now={now} />, because nothing tells it
        </>
      ) : (
        'no longer runs: its lease has ended'
      ),
    },
    { term: 'Its seat', value: seatWords(release, { runs, now }) },
    { term: 'Undo', value: 'as long as the seat was not used again' },
    ...(quota === null ? [] : [{ term: 'Releases left', value: <QuotaWords quota={quota} now={now} /> }]),
    { term: 'The vendor allows', value: describePolicy(policy) },
  ];
}

function seatWords({ heldUntil }: Release, { runs, now }: { runs: boolean; now: Date }): ReactNode {
  if (!runs) return 'is free already; this ends the activation';
  if (heldUntil === null) return 'is free at once';
  return (
    <>
      stays in use until <Instant at={heldUntil} precision="minute" now={now} />, then it comes free by itself
    </>
  );
}

function QuotaWords({ quota, now }: { readonly quota: ReleaseQuota; readonly now: Date }) {
  const { left, releases, days, nextAt } = quota;
  return (
    <>
      {left} of {releases} in {days === 1 ? 'a day' : `${days} days`}
      {nextAt === null ? null : (
        <>
          ; one more from <Instant at={nextAt} precision="minute" now={now} />
        </>
      )}
    </>
  );
}
