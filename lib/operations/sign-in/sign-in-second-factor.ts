import { z } from 'zod';
import { passPendingSignIn } from '@/db/sign-in/pending-sign-ins';
import type { FactorRow } from '@/db/sign-in/second-factor';
import { readAwaitedFactor } from '@/db/sign-in/second-factor';
import { reject } from '@/lib/licensing/refusals/rejection';
import { requireVisitor } from '../actor';
import type { ActingContext } from '../context';
import { LIMITS, SESSION_DAYS } from '../limits/limits';
import { countAgainst, forgive } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import type { SecondFactorMail } from './second-factor-mail';
import { digestPendingToken, pendingToken } from './sign-in-pending';
import { USER_AGENT_MAX } from './sign-in-redeem';
import { trySecondFactor } from './try-second-factor';

/** A new session, and the mail to send when a recovery code was used for it. */
export interface PassedSecondFactor {
  readonly sessionId: string;
  readonly mail: SecondFactorMail | null;
}

/**
 * Completes a sign-in that waits for the second factor, with a code of the app or a recovery code as typed.
 *
 * @returns the new session; `second-factor-code-wrong`, alike for wrong, expired and used codes; `second-factor-wait-ended` when no sign-in
 *   waits in this browser; `too-many-attempts` while the person is locked, for right codes too
 */
export const passSecondFactor = defineOperation({
  name: 'sign-in.pass-second-factor',
  kind: 'command',
  permission: 'sign-in:use',
  input: z.strictObject({ token: pendingToken, code: z.string().max(100).catch(''), userAgent: z.string() }),
  async run({ token, code: typed, userAgent }, context): Promise<Result<PassedSecondFactor>> {
    const { db, actor, now } = context;
    const { client } = requireVisitor(actor);
    const clientRetryAt = await countAgainst(db, LIMITS.triesByClient, client);
    if (clientRetryAt !== null) return refuse(reject('too-many-attempts', { retryAt: clientRetryAt.toISOString() }));
    const awaited = await findAwaited(context, token);
    if (awaited === null) return refuse(reject('second-factor-wait-ended'));
    const { tokenDigest, factor } = awaited;
    const session = { userAgent: userAgent.slice(0, USER_AGENT_MAX), sessionDays: SESSION_DAYS };
    const result = await trySecondFactor<PassedSecondFactor>(context, {
      factor,
      typed,
      async commit(proof) {
        const passed = await passPendingSignIn(db, { tokenDigest, proof, ...session, now });
        if (passed === null) return null;
        const { sessionId, recoveryCodesLeft } = passed;
        return { sessionId, mail: proof.kind === 'app' ? null : recoveryMail(factor, recoveryCodesLeft) };
      },
    });
    if (result.ok) await forgive(db, LIMITS.triesByClient, client);
    return result;
  },
});

function recoveryMail({ email: to, name, now: at }: FactorRow, left: number): SecondFactorMail {
  return { to, name, at, what: { kind: 'recovery-code-used', left } };
}

async function findAwaited(
  { db, keyring, now }: ActingContext,
  token: string | null,
): Promise<{ tokenDigest: string; factor: FactorRow } | null> {
  if (token === null) return null;
  const tokenDigest = digestPendingToken(await keyring.signInKey(), token);
  const factor = await readAwaitedFactor(db, { tokenDigest, now });
  return factor === null ? null : { tokenDigest, factor };
}

/** Finds the address of the person whose sign-in waits in a browser; null when none waits. */
export const findWaitingAddress = defineOperation({
  name: 'sign-in.waiting-address',
  kind: 'query',
  permission: 'sign-in:use',
  input: z.strictObject({ token: pendingToken }),
  async run({ token }, context): Promise<Result<string | null>> {
    return done((await findAwaited(context, token))?.factor.email ?? null);
  },
});
