import { z } from 'zod';
import { isSessionCodeWaiting, storeSessionCode, trySessionCode } from '@/db/sign-in/session-codes';
import { reject } from '@/lib/licensing/refusals/rejection';
import { requirePerson } from '../actor';
import { CODE_ATTEMPTS, CODE_GOOD_FOR_MINUTES, LIMITS } from '../limits/limits';
import { blockedUntil, clearCount, countAgainst } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { makeSignInCode, readTypedCode } from './sign-in-code';
import type { CodeMail } from './sign-in-request';

const which = z.strictObject({ session: z.uuid() });

/** Whether a code from the mail can be typed by which the actor shows that it is still them. */
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

/** Makes the actor a one-time code for one of their sessions, which the caller mails. `not-found` when the session ended. */
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
 * Shows by a code from the mail that it is still the actor who is signed in. For ten minutes they may then change what decides who can sign
 * in. `sign-in-code-wrong` with the tries left; `sign-in-code-ended`; `too-many-attempts` while the person is locked, whatever was typed.
 */
export const proveSession = defineOperation({
  name: 'session.prove',
  kind: 'command',
  permission: 'own-session:manage',
  input: which.extend({ code: z.string().max(100) }),
  async run({ session, code: typed }, { db, keyring, actor, now }): Promise<Result<{ proved: true }>> {
    const own = { userId: requirePerson(actor).userId, sessionId: session, now };
    const code = readTypedCode(typed);
    // What cannot be a code is a slip of the fingers and no guess: it costs nothing.
    if (code === null) return refuse(reject('sign-in-code-wrong'));
    // Counted before the code is looked at, so that tries at once cannot pass the lock together.
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
