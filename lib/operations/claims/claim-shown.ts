import type { ClaimRow } from '@/db/claims/claim-json';
import type { ClaimState } from '@/lib/licensing/claims/lost-device-claim';
import type { Actor } from '../actor';
import { userIdOf } from '../actor';

/** How a claim on a seat stands. Whoever may see the seat sees that much; the claim itself is for those concerned. */
export interface ClaimShown {
  readonly id: string;
  readonly state: ClaimState;
  readonly openedAt: Date;
  readonly mayOpen: boolean;
}

/** What a person sees of a claim beside a seat. */
export function claimShownTo(
  actor: Actor,
  claim: Pick<ClaimRow, 'id' | 'state' | 'openedAt' | 'claimantId'> | null,
): ClaimShown | null {
  if (claim === null) return null;
  const { id, state, openedAt, claimantId } = claim;
  return { id, state, openedAt, mayOpen: actor.role !== 'member' || claimantId === userIdOf(actor) };
}
