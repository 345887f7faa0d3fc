import type { HolderRow } from '@/db/list-activations';
import { activationStateAt } from '@/lib/licensing/activation';
import { decideUndo } from '@/lib/licensing/decide-undo';
import { refuseReleaser } from '@/lib/licensing/release-policy';
import type { Actor } from './actor';
import { releaserOf, undoerOf } from './releaser-of';

/** What a person is offered for a seat. The operations check anew. */
export interface SeatChoices {
  readonly refresh: boolean;
  readonly release: boolean;
  readonly undo: boolean;
}

/** What a person can do with a seat, by the rules that the operations follow. */
export function seatChoicesOf(row: HolderRow, { actor, now }: { actor: Actor; now: Date }): SeatChoices {
  const state = activationStateAt(row, now);
  const goesOn = state === 'active' || state === 'lease_expired';
  const undo = decideUndo({ ...row, activation: row, undoer: undoerOf(actor, row), now });
  const mayRelease = !row.policy.needsApproval && refuseReleaser(row.policy, releaserOf(actor, row)) === null;
  return { refresh: goesOn, release: goesOn && mayRelease, undo: undo.outcome === 'undo' };
}
