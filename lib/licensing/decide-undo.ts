import type { Activation } from './activation';
import { activationStateAt } from './activation';
import type { Reject, Undo } from './decision';
import { reject } from './rejection';

/** Who wants to undo a release: a member only one of their own; administrators, support and the operator any they see. */
export interface Undoer {
  readonly role: 'member' | 'customer_admin' | 'support' | 'operator';
  readonly isReleaser: boolean;
}

/**
 * Decides whether a release without proof can be undone. The same activation goes on: with the seat that is still held for it, or with one
 * that is free. Once its device has a newer activation, or no seat is left, it is too late.
 *
 * @param input.isSuperseded the device, or its key, has another activation that goes on
 */
export function decideUndo(input: {
  activation: Activation;
  undoer: Undoer;
  isSeatFree: boolean;
  isSuperseded: boolean;
  now: Date;
}): Undo | Reject {
  const { activation, undoer, isSeatFree, isSuperseded, now } = input;
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
  if (!isSeatFree) return { outcome: 'reject', rejection: reject('undo-too-late') };
  const runs = now < activation.runsOutAt;
  return { ...undo, state: runs ? 'active' : 'lease_expired', takesSeat: runs };
}
