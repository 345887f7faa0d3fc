import { readKnownAccounts } from '@/db/people/read-people';
import type { ApproverTie } from '@/lib/licensing/claims/approver-ties';
import { findTies } from '@/lib/licensing/claims/approver-ties';
import type { ActingContext } from '../context';

/**
 * Finds what ties the actor, as approver of a claim, to its claimant. Only administrators of the customer can have ties: support and the
 * operator belong to the vendor.
 */
export async function findTiesToClaimant(
  { db, actor }: Pick<ActingContext, 'db' | 'actor'>,
  { claimantId }: { readonly claimantId: string },
  now: Date,
): Promise<ApproverTie[]> {
  if (actor.role !== 'customer_admin') return [];
  const accounts = await readKnownAccounts(db, [actor.userId, claimantId]);
  const [approver, claimant] = [accounts.get(actor.userId), accounts.get(claimantId)];
  return approver === undefined || claimant === undefined ? [] : findTies({ approver, claimant, now });
}
