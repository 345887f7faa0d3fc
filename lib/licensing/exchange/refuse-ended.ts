import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';
import type { Activation } from '../seats/activation';
import { activationStateAt } from '../seats/activation';

/** The rejection for a file of an activation that no longer goes on; null while it does. */
export function refuseEnded(activation: Activation, now: Date): Rejection | null {
  const releasedAt = (activation.releasedAt ?? activation.runsOutAt).toISOString();
  switch (activationStateAt(activation, now)) {
    case 'active':
    case 'lease_expired':
      return null;
    case 'releasing':
    case 'released':
      return reject(activation.releaseKind === 'deactivated' ? 'activation-returned' : 'activation-released', { releasedAt });
    case 'replaced':
      return reject('activation-replaced', { releasedAt });
    case 'revoked':
      return reject('activation-revoked', { releasedAt });
  }
}
