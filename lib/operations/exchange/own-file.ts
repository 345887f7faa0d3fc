import type { OwnSubmission } from '@/db/exchange/read-exchange';
import { findOwnSubmission } from '@/db/exchange/read-exchange';
import { scopeOf, userIdOf } from '../actor';
import type { ActingContext } from '../context';

/** A file that this person handed in, to go back to; null for one of somebody else, and for one that does not exist. */
export async function ownFileOf({ db, actor }: ActingContext, submissionId: string | null): Promise<OwnSubmission | null> {
  const userId = userIdOf(actor);
  if (submissionId === null || userId === null) return null;
  return findOwnSubmission(db, { scope: scopeOf(actor), userId, submissionId });
}
