import { reject } from '../refusals/rejection';
import type { Activation } from '../seats/activation';
import { activationStateAt, holdsSeatAt, refuseEnded } from '../seats/activation';
import type { AllowanceLeft } from '../seats/allowance';
import type { Answered } from './decide-activation';
import type { Reject, Repeat, Return } from './decision';
import type { DeactivationProof } from './request';

/**
 * Decides on a verified deactivation proof. The seat comes free at once, and only once: the same proof again gets the same result and frees
 * nothing. A proof is accepted also while the seat is being released without one. A proof cannot show that no copy of the machine exists, so
 * beyond the returns that are allowed the seat stays held until the lease has run out.
 *
 * @param input.returns what is left of the returns of the entitlement
 * @param input.mayMove false where the dialect knows that the seat has moved as often as it may
 */
export function decideDeactivation(input: {
  proof: DeactivationProof;
  activation: Activation | null;
  answered: Pick<Answered, 'exchangeId' | 'payloadDigest'> | null;
  returns: AllowanceLeft;
  mayMove: boolean;
  now: Date;
}): Return | Repeat | Reject {
  const { proof, activation, answered, returns, mayMove, now } = input;
  if (activation === null) return { outcome: 'reject', rejection: reject('activation-unknown') };
  if (activation.deviceKey !== proof.deviceKey) return { outcome: 'reject', rejection: reject('proof-of-another-device') };
  if (answered !== null && answered.payloadDigest !== proof.payloadDigest) {
    return { outcome: 'reject', rejection: reject('request-id-reused') };
  }
  if (answered !== null) return { outcome: 'repeat', answeredBy: answered.exchangeId };

  const ended = refuseEnded(activation, now);
  const isReleasing = activationStateAt(activation, now) === 'releasing' && activation.releaseKind !== 'deactivated';
  if (ended !== null && !isReleasing) return { outcome: 'reject', rejection: ended };
  const holds = holdsSeatAt(activation, now);
  const isFree = returns.left > 0 && mayMove;
  return {
    outcome: 'return',
    activationId: activation.id,
    freesSeat: holds && isFree,
    heldUntil: holds && !isFree ? activation.runsOutAt : null,
  };
}
