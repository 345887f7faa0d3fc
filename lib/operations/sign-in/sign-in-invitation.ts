import { z } from 'zod';
import type { WaitingInvitation } from '@/db/sign-in/pending-sign-ins';
import { acceptWaitingInvitation, listWaitingInvitations } from '@/db/sign-in/pending-sign-ins';
import { reject } from '@/lib/licensing/refusals/rejection';
import { requireVisitor } from '../actor';
import { LIMITS, SESSION_DAYS } from '../limits/limits';
import { countAgainst, forgive } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { digestPendingToken, pendingToken } from './sign-in-pending';
import { USER_AGENT_MAX } from './sign-in-redeem';

/** The invitations that a person can choose from after typing the right code from the mail. */
export interface InvitationChoice {
  readonly email: string;
  readonly invitations: readonly WaitingInvitation[];
}

/** Finds the invitations that a browser's sign-in waits to choose from; null when no sign-in waits in this browser. */
export const findInvitations = defineOperation({
  name: 'sign-in.invitations',
  kind: 'query',
  permission: 'sign-in:use',
  input: z.strictObject({ token: pendingToken }),
  async run({ token }, { db, keyring, now }): Promise<Result<InvitationChoice | null>> {
    if (token === null) return done(null);
    const tokenDigest = digestPendingToken(await keyring.signInKey(), token);
    return done(await listWaitingInvitations(db, { tokenDigest, now }));
  },
});

/**
 * Accepts one of the invitations and so completes a sign-in that waits for the choice.
 *
 * @returns the new session; `invitation-ended` alike when the invitation expired, was withdrawn or belongs to another address, and when no
 *   sign-in waits in this browser; `too-many-attempts`
 */
export const acceptInvitation = defineOperation({
  name: 'sign-in.accept-invitation',
  kind: 'command',
  permission: 'sign-in:use',
  input: z.strictObject({ token: pendingToken, invitation: z.uuid().nullable().catch(null), userAgent: z.string() }),
  async run({ token, invitation, userAgent }, { db, keyring, actor, now }): Promise<Result<{ sessionId: string }>> {
    const { client } = requireVisitor(actor);
    const retryAt = await countAgainst(db, LIMITS.triesByClient, client);
    if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
    if (token === null || invitation === null) return refuse(reject('invitation-ended'));
    const sessionId = await acceptWaitingInvitation(db, {
      ...{ tokenDigest: digestPendingToken(await keyring.signInKey(), token), invitationId: invitation, now },
      ...{ userAgent: userAgent.slice(0, USER_AGENT_MAX), sessionDays: SESSION_DAYS },
    });
    if (sessionId === null) return refuse(reject('invitation-ended'));
    await forgive(db, LIMITS.triesByClient, client);
    return done({ sessionId });
  },
});
