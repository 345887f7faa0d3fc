import { z } from 'zod';
import type { WaitingInvitation } from '@/db/sign-in/pending-sign-ins';
import { acceptWaitingInvitation, listWaitingInvitations } from '@/db/sign-in/pending-sign-ins';
import { reject } from '@/lib/licensing/refusals/rejection';
import { LIMITS, SESSION_DAYS } from '../limits/limits';
import { countAgainst, giveBack } from '../limits/rate-limit';
import type { Result } from '../operation';
import { done, refuse } from '../operation';
import { boundToken, digestPendingToken } from './sign-in-pending';
import { USER_AGENT_MAX } from './sign-in-redeem';
import type { SignInContext } from './sign-in-request';

const boundId = z.uuid();

/** The invitations among which somebody chooses who has typed the right code from the mail. */
export interface InvitationChoice {
  readonly email: string;
  readonly invitations: readonly WaitingInvitation[];
}

/** Finds what a browser's sign-in has to choose among; null when none waits for a choice in this browser any more. */
export async function findInvitations(
  { db, codeKey, now }: Pick<SignInContext, 'db' | 'codeKey' | 'now'>,
  token: unknown,
): Promise<InvitationChoice | null> {
  const parsed = boundToken.safeParse(token);
  return parsed.success ? listWaitingInvitations(db, { tokenDigest: digestPendingToken(codeKey, parsed.data), now }) : null;
}

/**
 * Accepts one of the invitations, and so ends a sign-in that waits for the choice.
 *
 * @returns the new session; `invitation-ended` alike for one that ran out, was taken back, or is another's, and when nothing waits in this
 *   browser any more
 */
export async function acceptInvitation(
  { db, codeKey, now, client }: SignInContext,
  input: { readonly token: unknown; readonly invitation: unknown; readonly userAgent: string },
): Promise<Result<{ sessionId: string }>> {
  const retryAt = await countAgainst(db, LIMITS.triesByClient, client);
  if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
  const token = boundToken.safeParse(input.token);
  const invitation = boundId.safeParse(input.invitation);
  if (!token.success || !invitation.success) return refuse(reject('invitation-ended'));
  const sessionId = await acceptWaitingInvitation(db, {
    ...{ tokenDigest: digestPendingToken(codeKey, token.data), invitationId: invitation.data, now },
    ...{ userAgent: input.userAgent.slice(0, USER_AGENT_MAX), sessionDays: SESSION_DAYS },
  });
  if (sessionId === null) return refuse(reject('invitation-ended'));
  await giveBack(db, LIMITS.triesByClient, client);
  return done({ sessionId });
}
