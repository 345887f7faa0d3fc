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
import { digestSignInCode, parseTypedCode } from './sign-in-code';
import { digestPendingToken, makePendingToken } from './sign-in-pending';

/** Held by the browser that asked for the code; any other text is read as null. */
const codeId = z.uuid().nullable().catch(null);

/** In characters; longer user agents are cut. */
export const USER_AGENT_MAX = 300;

/** What the right code gives: a session, or a token for the browser while the sign-in waits for the second factor or for a choice. */
export type Redeemed =
  | { readonly sessionId: string }
  | { readonly pendingToken: string; readonly waitsFor: 'second-factor' | 'choice' };

/**
 * Signs in with a one-time code. With a second factor, or without an account and with several invitations, the sign-in waits and no session
 * is opened yet.
 *
 * @returns the new session, or the token of the waiting sign-in; `sign-in-code-wrong` with the tries left; `sign-in-code-ended` when the code
 *   was used, expired, was replaced by a newer one or was requested in another browser; `too-many-attempts` while the address is locked, for
 *   right codes too
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
  const code = parseTypedCode(input.code);
  // A typing slip is no guess, so it is not counted.
  if (code === null) return refuse(reject('sign-in-code-wrong', { left: pending.attemptsLeft }));
  // Counted before the code is checked, so that concurrent tries cannot pass the lock together.
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

/** Clears the counters of an address after the right code: its owner has read the mail. */
async function forgiveTries({ db, actor }: ActingContext, email: string): Promise<void> {
  const { client } = requireVisitor(actor);
  await Promise.all([
    clearCount(db, LIMITS.triesByAddress, email),
    clearCount(db, LIMITS.codesByAddress, email),
    forgive(db, LIMITS.codesByClient, client),
    forgive(db, LIMITS.triesByClient, client),
  ]);
}

/** Finds the address that a code was sent to, for the browser that asked for it; null when the code can no longer be used. */
export const findSentAddress = defineOperation({
  name: 'sign-in.sent-address',
  kind: 'query',
  permission: 'sign-in:use',
  input: z.strictObject({ codeId }),
  async run({ codeId: id }, { db, now }): Promise<Result<string | null>> {
    return done(id === null ? null : ((await findPendingCode(db, { id, now }))?.email ?? null));
  },
});
