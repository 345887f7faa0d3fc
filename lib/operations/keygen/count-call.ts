import { z } from 'zod';
import { countCall } from '../limits/call-throttle';
import { LIMITS } from '../limits/limits';
import { defineOperation, done, refuse } from '../operation';

/** Counts a call of Keygen's HTTP API against its network address, before the call is read. */
export const countKeygenCall = defineOperation({
  name: 'keygen.count-call',
  kind: 'query',
  permission: 'application:exchange',
  input: z.strictObject({}),
  async run(_, context) {
    const heldBack = await countCall(context, LIMITS.keygenCallsByClient);
    return heldBack === null ? done(null) : refuse(heldBack);
  },
});
