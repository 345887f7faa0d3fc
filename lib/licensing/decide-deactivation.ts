import type { Activation } from './activation';
import { activationStateAt, holdsSeatAt } from './activation';
import type { Answered } from './decide-activation';
import type { Reject, Repeat, Return } from './decision';
import { refuseEnded } from './refuse-ended';
import { reject } from './rejection';
import type { DeactivationProof } from './request';

/**
 * Decides on a verified deactivation proof. The seat comes free at once and once: the same proof again is answered as before and frees
 * nothing. A proof is good also while the seat is being released without one.
 */
export function decideDeactivation(input: {
  proof: DeactivationProof;
  activation: Activation | null;
  answered: Pick<Answered, 'exchangeId' | 'payloadDigest'> | null;
  now: Date;
}): Return | Repeat | Reject {
  const { proof, activation, answered, now } = input;
  if (activation === null) return { outcome: 'reject', rejection: reject('activation-unknown') };
  if (activation.deviceKey !== proof.deviceKey) return { outcome: 'reject', rejection: reject('proof-of-another-device') };
  if (answered !== null && answered.payloadDigest !== proof.payloadDigest) {
    return { outcome: 'reject', rejection: reject('request-id-reused') };
  }
  if (answered !== null) return { outcome: 'repeat', answeredBy: answered.exchangeId };

  const ended = refuseEnded(activation, now);
  if (ended !== null && activationStateAt(activation, now) !== 'releasing') return { outcome: 'reject', rejection: ended };
  return { outcome: 'return', activationId: activation.id, freesSeat: holdsSeatAt(activation, now) };
}
