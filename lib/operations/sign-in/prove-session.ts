import { z } from 'zod';
import { isSessionCodeWaiting, storeSessionCode, trySessionCode } from '@/db/sign-in/session-codes';
import { reject } from '@/lib/licensing/refusals/rejection';
import { requirePerson } from '../actor';
import { CODE_ATTEMPTS, CODE_GOOD_FOR_MINUTES, LIMITS } from '../limits/limits';
import { blockedUntil, clearCount, countAgainst } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { makeSignInCode, parseTypedCode } from './sign-in-code';
import type { CodeMail } from './sign-in-request';

const which = z.strictObject({ session: z.uuid() });

/** Whether a mailed code waits to be typed as fresh proof for one of the actor's sessions. */
export const showProof = defineOperation({
  name: 'session.show-proof',
  kind: 'query',
  permission: 'own-session:manage',
  input: which,
  async run({ session }, { db, actor, now }) {
    const { userId, label: email } = requirePerson(actor);
    return done({ email, isWaiting: await isSessionCodeWaiting(db, { userId, sessionId: session, now }) });
  },
});

/** Makes a one-time code for one of the actor's sessions, which the caller mails. `not-found` when the session ended. */
export const sendProofCode = defineOperation({
  name: 'session.send-code',
  kind: 'command',
  permission: 'own-session:manage',
  input: which,
  async run({ session }, { db, keyring, actor, now }): Promise<Result<{ mail: CodeMail }>> {
    const { userId } = requirePerson(actor);
    const retryAt =
      (await blockedUntil(db, LIMITS.proofTriesByPerson, userId)) ?? (await countAgainst(db, LIMITS.proofCodesByPerson, userId));
    if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
    const code = makeSignInCode();
    const keys = await keyring.current();
    const stored = await storeSessionCode(db, {
      ...{ userId, sessionId: session, now, attempts: CODE_ATTEMPTS, goodForMinutes: CODE_GOOD_FOR_MINUTES },
      digest: await keys.digestMailCode({ id: session, code }),
    });
    if (stored === null) return refuse(reject('not-found'));
    const { email: to, name, expiresAt: goodUntil } = stored;
    return done({ mail: { to, name, code, goodUntil, purpose: 'proof', invitedBy: [] } });
  },
});

/**
 * Gives a session of the actor a fresh proof, by a code from the mail. For ten minutes it may then change who can sign in.
 *
 * @returns `sign-in-code-wrong` with the tries left; `sign-in-code-ended`; `too-many-attempts` while the person is locked, for right codes too
 */
export const proveSession = defineOperation({
  name: 'session.prove',
  kind: 'command',
  permission: 'own-session:manage',
  input: which.extend({ code: z.string().max(100) }),
  async run({ session, code: typed }, { db, keyring, actor, now }): Promise<Result<{ proved: true }>> {
    const own = { userId: requirePerson(actor).userId, sessionId: session, now };
    const code = parseTypedCode(typed);
    // A typing slip is no guess, so it is not counted.
    if (code === null) return refuse(reject('sign-in-code-wrong'));
    // Counted before the code is checked, so that concurrent tries cannot pass the lock together.
    const retryAt = await countAgainst(db, LIMITS.proofTriesByPerson, own.userId);
    if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
    const keys = await keyring.current();
    const tried = await trySessionCode(db, { ...own, digest: await keys.digestMailCode({ id: session, code }) });
    if (tried === null) return refuse(reject('sign-in-code-ended'));
    if (tried.proved) {
      await Promise.all([
        clearCount(db, LIMITS.proofTriesByPerson, own.userId),
        clearCount(db, LIMITS.proofCodesByPerson, own.userId),
      ]);
      return done({ proved: true });
    }
    return refuse(
      tried.attemptsLeft > 0 ? reject('sign-in-code-wrong', { left: tried.attemptsLeft }) : reject('sign-in-code-ended'),
    );
  },
});
