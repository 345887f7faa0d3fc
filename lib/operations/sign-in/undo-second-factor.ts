import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readUndo, writeUndone } from '@/db/sign-in/second-factor';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import { requireVisitor } from '../actor';
import type { ActingContext } from '../context';
import { LIMITS } from '../limits/limits';
import { blockedUntil, countAgainst } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import type { SecondFactorMail } from './second-factor-mail';

/** 256 bits cannot be guessed, so a digest without a key is enough. */
const SECRET_BYTES = 32;

/** The secret of a link; any other text is read as null. */
const link = z.strictObject({
  secret: boundedText(43)
    .regex(/^[\w-]{43}$/)
    .nullable()
    .catch(null),
});

/** Makes the secret of the link that undoes a second factor which somebody else switched on: 256 random bits as base64url. */
export function makeUndoSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Digest of a link's secret, SHA-256 as base64url. Only this is stored. */
export function digestUndoSecret(secret: string): string {
  return createHash('sha256').update(`airgate undo second factor ${secret}`).digest('base64url');
}

/**
 * Finds the second factor that a link undoes, without any change: mail scanners open every link.
 *
 * @returns `undo-link-ended` alike for an unknown, used or expired link; `too-many-attempts`
 */
export const findUndo = defineOperation({
  name: 'second-factor.find-undo',
  kind: 'query',
  permission: 'undo-link:use',
  input: link,
  run: ({ secret }, context) => withLink(context, secret, (digest) => readUndo(context.db, { digest, now: context.now })),
});

/** Switches off, once, the second factor of a link and signs its person out everywhere. The caller sends the mail. */
export const undoSecondFactor = defineOperation({
  name: 'second-factor.undo',
  kind: 'command',
  permission: 'undo-link:use',
  input: link,
  async run({ secret }, context): Promise<Result<{ mail: SecondFactorMail }>> {
    const undone = await withLink(context, secret, (digest) => writeUndone(context.db, { digest, now: context.now }));
    if (!undone.ok) return undone;
    const { email: to, name, now: at } = undone.value;
    return done({ mail: { to, name, at, what: { kind: 'undone' } } });
  },
});

async function withLink<Value>(
  { db, actor }: ActingContext,
  secret: string | null,
  use: (digest: string) => Promise<Value | null>,
): Promise<Result<Value>> {
  const { client } = requireVisitor(actor);
  const retryAt = await blockedUntil(db, LIMITS.undoMissesByClient, client);
  if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
  const found = secret === null ? null : await use(digestUndoSecret(secret));
  if (found !== null) return done(found);
  await countAgainst(db, LIMITS.undoMissesByClient, client);
  return refuse(reject('undo-link-ended'));
}
