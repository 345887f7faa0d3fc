import type { Ask, Reject, Release } from '../exchange/decision';
import { reject } from '../refusals/rejection';
import type { Activation } from './activation';
import { activationStateAt, holdsSeatAt, refuseEnded } from './activation';
import type { AllowanceLeft } from './allowance';
import type { ReleasePolicy, Releaser } from './release-policy';
import { refuseReleaser, releaseQuotaAt } from './release-policy';

/**
 * Decides on a release without the device's proof, by the vendor's policy.
 *
 * @param input.releasedAts instants of the releases on the same entitlement that may count against the policy's limit
 * @returns `ask` when another person has to approve, with the release as it would be now
 */
export function decideRelease(input: {
  activation: Activation;
  policy: ReleasePolicy;
  releaser: Releaser;
  releasedAts: readonly Date[];
  reinstalls: AllowanceLeft;
  now: Date;
}): Release | Ask | Reject {
  const { policy, releaser } = input;
  const refused = refuseReleaser(policy, releaser);
  if (refused !== null) return { outcome: 'reject', rejection: refused };
  const isBound = releaser.role !== 'operator';
  const release = releaseBy({ ...input, isBound });
  if (release.outcome === 'release' && policy.needsApproval && isBound) return { outcome: 'ask', release };
  return release;
}

/**
 * Computes a release, for any person who may make it. The device learns nothing of it, so its seat is held until its last lease has run out,
 * unless the policy frees it at once and the allowance for that is not used up.
 *
 * @param input.isBound whether the policy's limit counts
 */
export function releaseBy(input: {
  activation: Activation;
  policy: ReleasePolicy;
  releasedAts: readonly Date[];
  reinstalls: AllowanceLeft;
  isBound: boolean;
  now: Date;
}): Release | Reject {
  const { activation, policy, releasedAts, reinstalls, isBound, now } = input;
  if (activationStateAt(activation, now) === 'releasing') {
    return { outcome: 'reject', rejection: reject('lease-still-running', { until: activation.runsOutAt.toISOString() }) };
  }
  const ended = refuseEnded(activation, now);
  if (ended !== null) return { outcome: 'reject', rejection: ended };
  const quota = policy.limit === null || !isBound ? null : releaseQuotaAt(policy.limit, releasedAts, now);
  if (quota?.left === 0) {
    const { releases, days, nextAt } = quota;
    return {
      outcome: 'reject',
      rejection: reject('release-limit-reached', { releases, days, until: (nextAt ?? now).toISOString() }),
    };
  }
  const holds = holdsSeatAt(activation, now);
  const isFree = policy.frees === 'at-once' && reinstalls.left > 0;
  const heldUntil = holds && !isFree ? activation.runsOutAt : null;
  return { outcome: 'release', activationId: activation.id, heldUntil, freesSeat: holds && heldUntil === null };
}
