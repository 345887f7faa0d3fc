import type { Activation } from './activation';
import { activationStateAt } from './activation';
import type { Rejection } from './rejection';
import { reject } from './rejection';

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
