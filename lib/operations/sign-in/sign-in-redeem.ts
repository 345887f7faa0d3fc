import { z } from 'zod';
import type { TriedCode } from '@/db/sign-in/sign-in-codes';
import { findPendingCode, trySignInCode } from '@/db/sign-in/sign-in-codes';
import { reject } from '@/lib/licensing/refusals/rejection';
import { requireVisitor } from '../actor';
import type { ActingContext } from '../context';
import { LIMITS, SECOND_FACTOR_WAITS_MINUTES, SESSION_DAYS } from '../limits/limits';
import { clearCount, countAgainst, forgive } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { digestSignInCode, readTypedCode } from './sign-in-code';
import { digestPendingToken, makePendingToken } from './sign-in-pending';

/** Kept by the browser that asked for the code; what cannot be one is null. */
const codeId = z.uuid().nullable().catch(null);

/** Of what a browser says of itself. */
export const USER_AGENT_MAX = 300;

/** What the right code leads to: a session, or what the browser keeps while the sign-in waits for the second factor, or for a choice. */
export type Redeemed =
  | { readonly sessionId: string }
  | { readonly pendingToken: string; readonly waitsFor: 'second-factor' | 'choice' };

/**
 * Signs in with a one-time code, or half-way when the person has a second factor, or no account yet and several invitations: then no session
 * is opened yet.
 *
 * Answers the new session, or the token to go on with; `sign-in-code-wrong` with the tries left; `sign-in-code-ended` when it was used, ran
 * out, was replaced by a newer one or asked for in another browser; `too-many-attempts` when the address is locked, whatever was typed.
 */
export const redeemSignInCode = defineOperation({
  name: 'sign-in.redeem-code',
  kind: 'command',
  permission: 'sign-in:use',
  input: z.strictObject({ codeId, code: z.string().catch(''), userAgent: z.string() }),
  run: redeem,
});

async function redeem(
  input: { readonly codeId: string | null; readonly code: string; readonly userAgent: string },
  context: ActingContext,
): Promise<Result<Redeemed>> {
  const { db, now } = context;
  const { client } = requireVisitor(context.actor);
  const clientRetryAt = await countAgainst(db, LIMITS.triesByClient, client);
  if (clientRetryAt !== null) return refuse(reject('too-many-attempts', { retryAt: clientRetryAt.toISOString() }));
  const { codeId: id } = input;
  const pending = id === null ? null : await findPendingCode(db, { id, now });
  if (id === null || pending === null) return refuse(reject('sign-in-code-ended'));
  const code = readTypedCode(input.code);
  // What cannot be a code is a slip of the fingers and no guess: it costs nothing.
  if (code === null) return refuse(reject('sign-in-code-wrong', { left: pending.attemptsLeft }));
  // Counted before the code is looked at, so that tries at once cannot pass the lock together.
  const retryAt = await countAgainst(db, LIMITS.triesByAddress, pending.email);
  if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
  const pendingToken = makePendingToken();
  const key = await context.keyring.signInKey();
  const tried = await trySignInCode(db, {
    id,
    digest: digestSignInCode(key, { id, code }),
    userAgent: input.userAgent.slice(0, USER_AGENT_MAX),
    sessionDays: SESSION_DAYS,
    pending: {
      tokenDigest: digestPendingToken(key, pendingToken),
      goodForMinutes: SECOND_FACTOR_WAITS_MINUTES,
    },
    now,
  });
  const result = readTry(tried, pendingToken);
  if (result.ok) await forgiveTries(context, pending.email);
  return result;
}

function readTry(tried: TriedCode | 'taken' | null, pendingToken: string): Result<Redeemed> {
  if (tried === 'taken') return refuse(reject('sign-in-code-ended'));
  if (tried !== null && tried.waitsFor !== null) return done({ pendingToken, waitsFor: tried.waitsFor });
  if (tried !== null && tried.sessionId !== null) return done({ sessionId: tried.sessionId });
  if (tried === null || tried.attemptsLeft === 0) return refuse(reject('sign-in-code-ended'));
  return refuse(reject('sign-in-code-wrong', { left: tried.attemptsLeft }));
}

/** Somebody who read the mail may go on as if nothing had been counted. */
async function forgiveTries({ db, actor }: ActingContext, email: string): Promise<void> {
  const { client } = requireVisitor(actor);
  await Promise.all([
    clearCount(db, LIMITS.triesByAddress, email),
    clearCount(db, LIMITS.codesByAddress, email),
    forgive(db, LIMITS.codesByClient, client),
    forgive(db, LIMITS.triesByClient, client),
  ]);
}

/** The address a code was asked for, for the browser that asked; null when the code can no longer be typed in. */
export const findSentAddress = defineOperation({
  name: 'sign-in.sent-address',
  kind: 'query',
  permission: 'sign-in:use',
  input: z.strictObject({ codeId }),
  async run({ codeId: id }, { db, now }): Promise<Result<string | null>> {
    return done(id === null ? null : ((await findPendingCode(db, { id, now }))?.email ?? null));
  },
});
