import type { ClaimRow } from '@/db/claims/claim-json';
import type { ClaimState } from '@/lib/licensing/claims/lost-device-claim';
import type { Actor } from '../actor';
import { userIdOf } from '../actor';

/** The state of a claim on a seat, for everybody who may see the seat. The claim itself is shown only to the people it concerns. */
export interface ClaimShown {
  readonly id: string;
  readonly state: ClaimState;
  readonly openedAt: Date;
  /** The person may open the page of the claim. */
  readonly mayOpen: boolean;
}

/** Reduces a claim to what the actor may see of it on the page of its seat. */
export function claimShownTo(
  actor: Actor,
  claim: Pick<ClaimRow, 'id' | 'state' | 'openedAt' | 'claimantId'> | null,
): ClaimShown | null {
  if (claim === null) return null;
  const { id, state, openedAt, claimantId } = claim;
  return { id, state, openedAt, mayOpen: actor.role !== 'member' || claimantId === userIdOf(actor) };
}
