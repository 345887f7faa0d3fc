import { z } from 'zod';
import { passPendingSignIn } from '@/db/sign-in/pending-sign-ins';
import type { FactorRow } from '@/db/sign-in/second-factor';
import { readAwaitedFactor } from '@/db/sign-in/second-factor';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '../context';
import { newAttempt } from '../context';
import { LIMITS, SESSION_DAYS } from '../limits/limits';
import { countAgainst, giveBack } from '../limits/rate-limit';
import type { Result } from '../operation';
import { refuse } from '../operation';
import type { SecondFactorMail } from './second-factor-mail';
import { boundToken, digestPendingToken } from './sign-in-pending';
import { USER_AGENT_MAX } from './sign-in-redeem';
import type { SignInContext } from './sign-in-request';
import { trySecondFactor } from './try-second-factor';

/** What the last step of signing in needs: the keys, too, since the secret is sealed. */
export type SecondFactorContext = SignInContext & Pick<OperationContext, 'keyring'>;

/** A session, and the mail to send when a recovery code was used for it. */
export interface PassedSecondFactor {
  readonly sessionId: string;
  readonly mail: SecondFactorMail | null;
}

const typedCode = z.string().max(100).catch('');

/**
 * Ends a sign-in that waits for the second factor.
 *
 * @param input.token what the browser keeps since its code from the mail was right
 * @param input.code of the app, or a recovery code, as typed
 * @returns the new session; `second-factor-code-wrong`, alike for wrong, expired and used codes; `second-factor-wait-ended` when nothing
 *   waits in this browser any more; `too-many-attempts` when the person is locked, whatever was typed
 */
export async function passSecondFactor(
  context: SecondFactorContext,
  input: { readonly token: unknown; readonly code: unknown; readonly userAgent: string },
): Promise<Result<PassedSecondFactor>> {
  const { db, now, client } = context;
  const clientRetryAt = await countAgainst(db, LIMITS.triesByClient, client);
  if (clientRetryAt !== null) return refuse(reject('too-many-attempts', { retryAt: clientRetryAt.toISOString() }));
  const awaited = await findAwaited(context, input.token);
  if (awaited === null) return refuse(reject('second-factor-wait-ended'));
  const { tokenDigest, factor } = awaited;
  const userAgent = input.userAgent.slice(0, USER_AGENT_MAX);
  const attempt = newAttempt();
  const result = await trySecondFactor<PassedSecondFactor>(
    { ...context, attempt },
    {
      factor,
      typed: typedCode.parse(input.code),
      async commit(proof) {
        const passed = await passPendingSignIn(db, { tokenDigest, proof, userAgent, sessionDays: SESSION_DAYS, now });
        if (passed === null) return null;
        const { sessionId, recoveryCodesLeft } = passed;
        return { sessionId, mail: proof.kind === 'app' ? null : recoveryMail(factor, recoveryCodesLeft) };
      },
    },
  );
  if (result.ok) await giveBack(db, LIMITS.triesByClient, client);
  return result;
}

function recoveryMail({ email: to, name, now: at }: FactorRow, left: number): SecondFactorMail {
  return { to, name, at, what: { kind: 'recovery-code-used', left } };
}

async function findAwaited(
  { db, codeKey, now }: Pick<SecondFactorContext, 'db' | 'codeKey' | 'now'>,
  token: unknown,
): Promise<{ tokenDigest: string; factor: FactorRow } | null> {
  const parsed = boundToken.safeParse(token);
  if (!parsed.success) return null;
  const tokenDigest = digestPendingToken(codeKey, parsed.data);
  const factor = await readAwaitedFactor(db, { tokenDigest, now });
  return factor === null ? null : { tokenDigest, factor };
}

/** The address of the person whose sign-in waits in a browser; null when none does. */
export async function findWaitingAddress(
  context: Pick<SecondFactorContext, 'db' | 'codeKey' | 'now'>,
  token: unknown,
): Promise<string | null> {
  return (await findAwaited(context, token))?.factor.email ?? null;
}
