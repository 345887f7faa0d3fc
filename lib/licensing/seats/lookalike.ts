import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';
import type { Activation } from './activation';
import { activationStateAt } from './activation';
import type { AllowanceLeft } from './allowance';
import type { ReleasePolicy, Releaser } from './release-policy';
import { refuseReleaser, releaseQuotaAt } from './release-policy';

/**
 * The outcome for the seat of an older activation, whose machine this one looks like because it may be the same machine set up anew:
 * `lapsed`: it holds no seat any more, and the new activation replaces it;
 * `moves`: the seat passes to the new activation, which counts as a reinstall;
 * `stays`: the seat passes to the new activation without counting, since answers run on this machine only;
 * `held`: the older activation is released, and holds its seat until its lease has run out;
 * `kept`: the older activation goes on as it is.
 */
export type SeatOfLookalike = 'lapsed' | 'moves' | 'stays' | 'held' | 'kept';

export interface Lookalike {
  readonly activationId: string;
  readonly seat: SeatOfLookalike;
  /** Why the seat does not move; null when it does, or there is none. */
  readonly why: Rejection | null;
}

/** The rules and facts for a release without proof, besides the activation. */
export interface TakeOverRules {
  readonly policy: ReleasePolicy;
  /** Who submits the file; null for a person who may release nothing. */
  readonly releaser: Releaser | null;
  /** Instants of the releases on the entitlement that may count against the policy's limit. */
  readonly releasedAts: readonly Date[];
  readonly reinstalls: AllowanceLeft;
}

/**
 * Decides about the seat of an older activation, found by the fingerprint or the key of a request that does not simply renew it. A seat that
 * moves is a release without proof: the machine that holds it may run until its lease ends.
 *
 * @param input.isBound whether the older answer runs only on a machine that states this same fingerprint, as in dialects that bind answers to
 *   a permanent name of the machine
 * @param input.isOfKey whether the request is signed with the key of the activation, which shows who wrote it, though not on which machine
 * @returns null for an activation that has ended
 */
export function decideLookalike(input: {
  activation: Activation;
  rules: TakeOverRules;
  isBound: boolean;
  isOfKey: boolean;
  now: Date;
}): Lookalike | null {
  const { activation, rules, isBound, isOfKey, now } = input;
  const { id: activationId } = activation;
  const state = activationStateAt(activation, now);
  if (state === 'lease_expired') return { activationId, seat: 'lapsed', why: null };
  if (state !== 'active' && state !== 'releasing') return null;
  if (isBound) return { activationId, seat: 'stays', why: null };

  const refused = state === 'releasing' || isOfKey ? null : refuseTakeOver(activation, rules, now);
  if (refused !== null) return { activationId, seat: 'kept', why: refused };
  const { left, times, nextAt } = rules.reinstalls;
  if (left > 0) return { activationId, seat: 'moves', why: null };
  const until = activation.runsOutAt.toISOString();
  return {
    activationId,
    seat: 'held',
    why: reject('reinstalls-used-up', { times, until, nextAt: (nextAt ?? now).toISOString() }),
  };
}

/** Refuses a person who may not release the seat that would move. */
function refuseTakeOver(
  { runsOutAt }: Activation,
  { policy, releaser, releasedAts }: TakeOverRules,
  now: Date,
): Rejection | null {
  const until = runsOutAt.toISOString();
  if (releaser?.role === 'operator') return null;
  if (releaser === null || refuseReleaser(policy, releaser) !== null) return reject('reinstall-needs-release', { until });
  if (policy.needsApproval) return reject('reinstall-needs-approval', { until });
  const quota = policy.limit === null ? null : releaseQuotaAt(policy.limit, releasedAts, now);
  if (quota?.left !== 0) return null;
  const { releases, days, nextAt } = quota;
  return reject('reinstall-over-limit', { releases, days, until, nextAt: (nextAt ?? now).toISOString() });
}
