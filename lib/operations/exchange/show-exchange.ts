import { z } from 'zod';
import { readClock } from '@/db/clock';
import type { ActivationFound } from '@/db/exchange/read-activation';
import { readActivation } from '@/db/exchange/read-activation';
import type { ExchangeRow, OwnSubmission } from '@/db/exchange/read-exchange';
import { findOwnSubmission, readExchange, readReply } from '@/db/exchange/read-exchange';
import type { Scope } from '@/db/scope';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf, userIdOf } from '../actor';
import type { ActingContext } from '../context';
import { defineOperation, done, refuse } from '../operation';

/** An exchange without its bytes. */
export type ExchangeShown = ExchangeRow;

/** The activation of an exchange, with its device and entitlement as they are now. */
export type ExchangeSubject = NonNullable<ActivationFound['found']>;

const input = z.object({ exchangeId: z.uuid() });

/** Shows one exchange, with its activation, device and entitlement as they are now, and its answer. */
export const showExchange = defineOperation({
  name: 'exchange.show',
  kind: 'query',
  permission: 'exchange:read',
  input,
  async run({ exchangeId }, context) {
    const scope = scopeOf(context.actor);
    const exchange = await readExchange(context.db, { scope, exchangeId });
    if (exchange === null) return refuse(reject('not-found'));
    const subject =
      exchange.activationId === null
        ? null
        : await readActivation(context.db, { scope, activationId: exchange.activationId, now: context.now });
    const reply = exchange.replyName === null ? null : await readAnswer(context, { scope, exchangeId });
    return done({ exchange, subject, reply, now: subject?.now ?? context.now ?? (await readClock(context.db)) });
  },
});

/** Returns the answer of an exchange, byte for byte as it was sealed. */
export const downloadReply = defineOperation({
  name: 'exchange.download',
  kind: 'query',
  permission: 'exchange:read',
  input,
  async run({ exchangeId }, context) {
    const reply = await readAnswer(context, { scope: scopeOf(context.actor), exchangeId });
    return reply === null ? refuse(reject('not-found')) : done(reply);
  },
});

/** Reads the answer of an exchange, byte for byte as it was sealed. @returns null when there is none within the scope */
export async function readAnswer(
  context: ActingContext,
  wanted: { scope: Scope; exchangeId: string },
): Promise<{ readonly name: string; readonly text: string } | null> {
  const kept = await readReply(context.db, wanted);
  if (kept === null) return null;
  const { files } = await context.keyring.current();
  return { name: kept.name, text: new TextDecoder().decode(await files.decrypt(kept.encrypted)) };
}

/** Finds a submission of the actor's own, to go back to; null for another person's, and for an unknown id. */
export async function findOwnFile({ db, actor }: ActingContext, submissionId: string | null): Promise<OwnSubmission | null> {
  const userId = userIdOf(actor);
  if (submissionId === null || userId === null) return null;
  return findOwnSubmission(db, { scope: scopeOf(actor), userId, submissionId });
}
