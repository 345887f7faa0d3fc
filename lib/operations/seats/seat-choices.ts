import type { HolderRow } from '@/db/seats/list-activations';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import { decideUndo } from '@/lib/licensing/seats/decide-undo';
import { refuseReleaser } from '@/lib/licensing/seats/release-policy';
import type { Actor } from '../actor';
import { releaserOf, undoerOf } from './releaser-of';

/** What a page offers for a seat. The operations check anew. */
export interface SeatChoices {
  readonly refresh: boolean;
  /** `ask`: somebody else has to approve. Null: no release is offered, also while a claim is open. */
  readonly release: 'now' | 'ask' | null;
  readonly undo: boolean;
}

/** Decides what the actor can do with a seat, by the rules that the operations follow. */
export function seatChoicesOf(row: HolderRow, { actor, now }: { actor: Actor; now: Date }): SeatChoices {
  const state = activationStateAt(row, now);
  const goesOn = state === 'active' || state === 'lease_expired';
  const undo = decideUndo({ ...row, activation: row, undoer: undoerOf(actor, row), now });
  return { refresh: goesOn, release: goesOn ? releaseChoice(row, actor) : null, undo: undo.outcome === 'undo' };
}

function releaseChoice(row: HolderRow, actor: Actor): SeatChoices['release'] {
  if (refuseReleaser(row.policy, releaserOf(actor, row)) !== null) return null;
  if (!row.policy.needsApproval || actor.role === 'operator') return 'now';
  return row.claim?.state === 'open' ? null : 'ask';
}
