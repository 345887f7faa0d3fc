import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { storeSignInCode } from '@/db/sign-in/sign-in-codes';
import { reject } from '@/lib/licensing/refusals/rejection';
import { requireVisitor } from '../actor';
import type { ActingContext } from '../context';
import { CODE_ATTEMPTS, CODE_GOOD_FOR_MINUTES, LIMITS } from '../limits/limits';
import { blockedUntil, countAgainst } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { email as address } from '../operator-input';
import { digestSignInCode, makeSignInCode } from './sign-in-code';

/** A code to be sent. */
export interface CodeMail {
  readonly to: string;
  readonly name: string;
  readonly code: string;
  readonly goodUntil: Date;
  /** `proof`: somebody who is signed in shows that it is still them. */
  readonly purpose: 'sign-in' | 'proof';
  /** Customers whose invitation waits for the address: the only one is accepted with the code, among several its owner chooses. */
  readonly invitedBy: readonly string[];
}

/**
 * Makes a one-time code for an address. The answer is the same, and the same statements run, whether or not somebody has this address;
 * only `mail` differs, and the caller sends it after it has answered.
 *
 * Answers the id that binds the code to this browser; `too-many-attempts`.
 */
export const requestSignInCode = defineOperation({
  name: 'sign-in.request-code',
  kind: 'command',
  permission: 'sign-in:use',
  input: z.strictObject({ email: address }),
  async run({ email }, context): Promise<Result<{ codeId: string; mail: CodeMail | null }>> {
    const retryAt = await codesRefusedUntil(context, email);
    if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
    const codeId = randomUUID();
    const code = makeSignInCode();
    const { expiresAt, recipientName, invitedBy } = await storeSignInCode(context.db, {
      id: codeId,
      email,
      digest: digestSignInCode(await context.keyring.signInKey(), { id: codeId, code }),
      attempts: CODE_ATTEMPTS,
      goodForMinutes: CODE_GOOD_FOR_MINUTES,
      now: context.now,
    });
    const mail = { to: email, code, goodUntil: expiresAt, purpose: 'sign-in', invitedBy } as const;
    return done({ codeId, mail: recipientName === null ? null : { ...mail, name: recipientName } });
  },
});

async function codesRefusedUntil({ db, actor }: ActingContext, email: string): Promise<Date | null> {
  const { client } = requireVisitor(actor);
  return (
    (await countAgainst(db, LIMITS.codesByClient, client)) ??
    (await blockedUntil(db, LIMITS.triesByAddress, email)) ??
    (await countAgainst(db, LIMITS.codesByAddress, email))
  );
}
