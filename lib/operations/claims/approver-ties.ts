import { readKnownAccounts } from '@/db/people/read-people';
import type { ApproverTie } from '@/lib/licensing/claims/approver-ties';
import { findTies } from '@/lib/licensing/claims/approver-ties';
import type { ActingContext } from '../context';

/** What ties the actor to whoever made a claim. Nothing but for administrators of the customer: support and the operator are the vendor's. */
export async function tiesTo(
  { db, actor }: Pick<ActingContext, 'db' | 'actor'>,
  { claimantId }: { readonly claimantId: string },
  now: Date,
): Promise<ApproverTie[]> {
  if (actor.role !== 'customer_admin') return [];
  const accounts = await readKnownAccounts(db, [actor.userId, claimantId]);
  const [approver, claimant] = [accounts.get(actor.userId), accounts.get(claimantId)];
  return approver === undefined || claimant === undefined ? [] : findTies({ approver, claimant, now });
}
