import type { Activation } from './activation';
import { activationStateAt, holdsSeatAt } from './activation';
import type { Reject, Release } from './decision';
import { refuseEnded } from './refuse-ended';
import { reject } from './rejection';
import type { ReleasePolicy, Releaser } from './release-policy';
import { refuseReleaser, releaseQuotaAt } from './release-policy';

/**
 * Decides on a release without the device's proof, by the vendor's policy. Nothing tells the device, so its seat is held until its last
 * lease has run out, unless the policy frees it at once.
 *
 * @param input.releasedAts instants of the releases on the same entitlement that may count against the policy's limit
 */
export function decideRelease(input: {
  activation: Activation;
  policy: ReleasePolicy;
  releaser: Releaser;
  releasedAts: readonly Date[];
  now: Date;
}): Release | Reject {
  const { activation, policy, releaser, releasedAts, now } = input;
  const refused = refuseReleaser(policy, releaser);
  if (refused !== null) return { outcome: 'reject', rejection: refused };
  if (activationStateAt(activation, now) === 'releasing') {
    return { outcome: 'reject', rejection: reject('lease-still-running', { until: activation.runsOutAt.toISOString() }) };
  }
  const ended = refuseEnded(activation, now);
  if (ended !== null) return { outcome: 'reject', rejection: ended };
  const quota = policy.limit === null || releaser.role === 'operator' ? null : releaseQuotaAt(policy.limit, releasedAts, now);
  if (quota?.left === 0) {
    const { releases, days, nextAt } = quota;
    return {
      outcome: 'reject',
      rejection: reject('release-limit-reached', { releases, days, until: (nextAt ?? now).toISOString() }),
    };
  }
  if (policy.needsApproval && releaser.role !== 'operator') {
    return { outcome: 'reject', rejection: reject('release-needs-approval') };
  }
  const holds = holdsSeatAt(activation, now);
  const heldUntil = holds && policy.frees === 'when-lease-ran-out' ? activation.runsOutAt : null;
  return { outcome: 'release', activationId: activation.id, heldUntil, freesSeat: holds && heldUntil === null };
}
