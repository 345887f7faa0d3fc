import type { Activation } from './activation';
import { activationStateAt, holdsSeatAt } from './activation';
import type { Reject, Release } from './decision';
import { refuseEnded } from './refuse-ended';
import { reject } from './rejection';

/** When a seat that is released without proof can be used again. */
export const RELEASE_RULES = ['when-lease-ran-out', 'at-once'] as const;
export type ReleaseRule = (typeof RELEASE_RULES)[number];

/** Decides on a release without the device's proof. Nothing tells the device, so its seat is held until its last lease has run out. */
export function decideRelease(input: { activation: Activation; rule: ReleaseRule; now: Date }): Release | Reject {
  const { activation, rule, now } = input;
  if (activationStateAt(activation, now) === 'releasing') {
    return { outcome: 'reject', rejection: reject('lease-still-running', { until: activation.runsOutAt.toISOString() }) };
  }
  const ended = refuseEnded(activation, now);
  if (ended !== null) return { outcome: 'reject', rejection: ended };
  const holds = holdsSeatAt(activation, now);
  const heldUntil = holds && rule === 'when-lease-ran-out' ? activation.runsOutAt : null;
  return { outcome: 'release', activationId: activation.id, heldUntil, freesSeat: holds && heldUntil === null };
}
