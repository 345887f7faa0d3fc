import type { ReactNode } from 'react';
import { describePolicy } from '@/components/seats/describe-release';
import type { Fact } from '@/components/tables/facts';
import { Described } from '@/components/time/described';
import { Instant } from '@/components/time/instant';
import type { Release } from '@/lib/licensing/exchange/decision';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import { describeAllowance, reinstallCountsUntil } from '@/lib/licensing/seats/describe-seats';
import { UNLIMITED_SEATS } from '@/lib/licensing/seats/overdraft';
import type { ReleasePolicy, ReleaseQuota } from '@/lib/licensing/seats/release-policy';

interface Effect {
  readonly release: Release;
  readonly runsOutAt: Date;
  readonly policy: ReleasePolicy;
  readonly quota: ReleaseQuota | null;
  /** Seats that may come free at once while their machine may still run. */
  readonly reinstalls: AllowanceLeft;
  readonly now: Date;
}

/** Describes the effect of a release: how long the device may run, when its seat is free, and how many releases are left. */
export function effectOf({ release, runsOutAt, policy, quota, reinstalls, now }: Effect): Fact[] {
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
    { term: 'Its seat', value: seatWords(release, { runs, now, why: policy.frees === 'at-once' ? reinstalls : null }) },
    ...(release.heldUntil === null && release.freesSeat
      ? [{ term: 'Counts as', value: <CountsAs reinstalls={reinstalls} runsOutAt={runsOutAt} now={now} /> }]
      : []),
    { term: 'Undo', value: 'as long as the seat was not used again' },
    ...(quota === null ? [] : [{ term: 'Releases left', value: <QuotaWords quota={quota} now={now} /> }]),
    { term: 'The vendor allows', value: describePolicy(policy) },
  ];
}

/** @param why remaining allowance of seats freed at once; null when the policy frees none at once */
function seatWords(
  { heldUntil }: Release,
  { runs, now, why }: { runs: boolean; now: Date; why: AllowanceLeft | null },
): ReactNode {
  if (!runs) return 'is free already; this ends the activation';
  if (heldUntil === null) return 'is free at once';
  return (
    <>
      stays in use until <Instant at={heldUntil} precision="minute" now={now} />, then it comes free by itself
      {why === null ? null : (
        <>
          . Of those that may come free at once, <Described parts={describeAllowance(why, now)} />
        </>
      )}
    </>
  );
}

function CountsAs({ reinstalls, runsOutAt, now }: Pick<Effect, 'reinstalls' | 'runsOutAt' | 'now'>) {
  const { left, times } = reinstalls;
  if (times >= UNLIMITED_SEATS) return 'a reinstall, of which any number is allowed';
  return (
    <>
      a reinstall until <Instant at={reinstallCountsUntil(reinstalls, runsOutAt, now)} />; {left - 1} of {times} left after this
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
