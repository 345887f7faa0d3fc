import { z } from 'zod';
import { readActivation } from '@/db/exchange/read-activation';
import { readExchange } from '@/db/exchange/read-exchange';
import { readClock } from '@/db/read-clock';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import { defineOperation, done, refuse } from '../operation';
import { readAnswer } from './read-answer';

const input = z.object({ exchangeId: z.uuid() });

/** One exchange, with the entitlement, device and seats it was about as they are now. */
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

/** The answer of an exchange, byte for byte as it was made. */
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
