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

/** A one-time code to be mailed. */
export interface CodeMail {
  readonly to: string;
  readonly name: string;
  readonly code: string;
  readonly goodUntil: Date;
  /** `proof`: a fresh proof for a person who is signed in. */
  readonly purpose: 'sign-in' | 'proof';
  /** Customers that have invited the address. A single invitation is accepted with the code; among several the person chooses. */
  readonly invitedBy: readonly string[];
}

/**
 * Makes a one-time code for an address. The same statements run and the browser sees the same, with or without an account for the address;
 * only `mail` differs, which the caller sends after its response.
 *
 * @returns the id that binds the code to this browser, and the mail; `too-many-attempts`
 */
export const requestSignInCode = defineOperation({
  name: 'sign-in.request-code',
  kind: 'command',
  permission: 'sign-in:use',
  input: z.strictObject({ email: address }),
  async run({ email }, context): Promise<Result<{ codeId: string; mail: CodeMail | null }>> {
    const retryAt = await countCodeRequest(context, email);
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

async function countCodeRequest({ db, actor }: ActingContext, email: string): Promise<Date | null> {
  const { client } = requireVisitor(actor);
  return (
    (await countAgainst(db, LIMITS.codesByClient, client)) ??
    (await blockedUntil(db, LIMITS.triesByAddress, email)) ??
    (await countAgainst(db, LIMITS.codesByAddress, email))
  );
}
