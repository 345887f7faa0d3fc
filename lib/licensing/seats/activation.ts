import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';

/**
 * The states of an activation, as the database has them. `revoked` is reserved: the vendor taking a seat back against the will of its holder.
 * Nothing writes it yet; every reader handles it.
 */
export const ACTIVATION_STATES = ['active', 'lease_expired', 'releasing', 'released', 'revoked', 'replaced'] as const;
export type ActivationState = (typeof ACTIVATION_STATES)[number];

/** How a seat was released. `revoked` is reserved, as the state is. */
export const RELEASE_KINDS = ['deactivated', 'released', 'revoked'] as const;
export type ReleaseKind = (typeof RELEASE_KINDS)[number];

/** An activation as the rules need it. */
export interface Activation {
  readonly id: string;
  readonly state: ActivationState;
  /** RFC 7638 thumbprint of the key that made the activation. */
  readonly deviceKey: string;
  readonly leaseSequence: number;
  readonly leaseEndsAt: Date;
  /** When the device can no longer run: the latest end, with grace, of all leases issued for the seat. */
  readonly runsOutAt: Date;
  readonly releasedAt: Date | null;
  readonly releaseKind: ReleaseKind | null;
}

/** Computes the state at an instant, since time alone can end a lease without an update of the row. */
export function activationStateAt(activation: Pick<Activation, 'state' | 'runsOutAt'>, now: Date): ActivationState {
  if (now < activation.runsOutAt) return activation.state;
  if (activation.state === 'active') return 'lease_expired';
  if (activation.state === 'releasing') return 'released';
  return activation.state;
}

/** Checks whether the activation counts against the seats at an instant. */
export function holdsSeatAt(activation: Pick<Activation, 'state' | 'runsOutAt'>, now: Date): boolean {
  const state = activationStateAt(activation, now);
  return state === 'active' || state === 'releasing';
}

/** Refuses a file of an activation that has ended; null while it goes on. */
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
