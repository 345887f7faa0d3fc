import type { Reject, Undo } from '../exchange/decision';
import { reject } from '../refusals/rejection';
import type { Activation } from './activation';
import { activationStateAt } from './activation';

/** Who undoes a release: a member only one of their own; administrators, support and the operator any they see. */
export interface Undoer {
  readonly role: 'member' | 'customer_admin' | 'support' | 'operator';
  readonly isReleaser: boolean;
}

/**
 * Decides whether a release without proof can be undone. The same activation goes on: with the seat that is still held for it, or with one
 * that is free, by the same rules as a new one. Once its device has a newer activation, or no seat is left, it is too late.
 *
 * @param input.isSeatFree a seat of the entitlement, and of the code that it counts against
 * @param input.isMachineElsewhere the machine holds a seat on another entitlement, and may hold one only
 * @param input.isSuperseded the device, or its key, has another activation that goes on
 */
export function decideUndo(input: {
  activation: Activation;
  undoer: Undoer;
  isSeatFree: boolean;
  isSuperseded: boolean;
  isMachineElsewhere: boolean;
  now: Date;
}): Undo | Reject {
  const { activation, undoer, isSeatFree, isSuperseded, isMachineElsewhere, now } = input;
  const state = activationStateAt(activation, now);
  if (state === 'replaced' && activation.releaseKind === 'released') {
    return { outcome: 'reject', rejection: reject('undo-too-late') };
  }
  if ((state !== 'releasing' && state !== 'released') || activation.releaseKind !== 'released') {
    return { outcome: 'reject', rejection: reject('nothing-to-undo') };
  }
  if (undoer.role === 'member' && !undoer.isReleaser) {
    return { outcome: 'reject', rejection: reject('release-of-another') };
  }
  if (isSuperseded) return { outcome: 'reject', rejection: reject('undo-too-late') };
  const undo = { outcome: 'undo', activationId: activation.id } as const;
  if (state === 'releasing') return { ...undo, state: 'active', takesSeat: false };
  const runs = now < activation.runsOutAt;
  if (!isSeatFree || (runs && isMachineElsewhere)) return { outcome: 'reject', rejection: reject('undo-too-late') };
  return { ...undo, state: runs ? 'active' : 'lease_expired', takesSeat: runs };
}
