import { z } from 'zod';
import type { ExchangeRow } from '@/db/exchange/read-exchange';
import type { AdminRow } from '@/db/people/read-people';
import { listAdmins } from '@/db/people/read-people';
import type { HolderRow } from '@/db/seats/list-activations';
import { listHolders } from '@/db/seats/list-activations';
import { lookalikeOf } from '@/lib/licensing/exchange/decision';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain, reject } from '@/lib/licensing/refusals/rejection';
import type { Description } from '@/lib/licensing/seats/describe-seats';
import { describeLookalike } from '@/lib/licensing/seats/describe-seats';
import { findsNoSeat } from '@/lib/licensing/seats/no-seat';
import { customerIdOf, scopeOf } from '../actor';
import { defineOperation, done, refuse } from '../operation';
import type { EvaluatedActivation } from './evaluate-activation';
import type { Evaluated } from './evaluate-file';
import { evaluateFile } from './evaluate-file';
import { openSubmission } from './open-file';

/** A file that was handed in, and what answering it now would mean. */
export interface Preview {
  readonly submission: ExchangeRow;
  /** Null when the file cannot be opened. */
  readonly evaluated: Evaluated | null;
  /** Why it cannot be answered now; null when it can. */
  readonly rejection: Rejection | null;
  /** When no seat is free: who holds them, as far as this person may see. */
  readonly holders: readonly HolderRow[];
  /** The administrators of the person's customer, when one of them can mend it. */
  readonly admins: readonly AdminRow[];
}

/** Shows what committing a file that was handed in would change, as things stand at this moment. */
export const previewFile = defineOperation({
  name: 'exchange.preview',
  kind: 'query',
  permission: 'exchange:submit',
  input: z.object({
    submissionId: z.uuid(),
    /** As if it was said to be another machine than the one it looks like. */
    isAnother: z.boolean().default(false),
  }),
  async run({ submissionId, isAnother }, context) {
    const scope = scopeOf(context.actor);
    const submission = await openSubmission(context, submissionId);
    if (submission === null) return refuse(reject('not-found'));
    const { exchange, keys, read } = submission;
    const nothing = { submission: exchange, evaluated: null, holders: [], admins: [] };
    if (!read.ok) return done<Preview>({ ...nothing, rejection: read.rejection });

    const evaluated = await evaluateFile(context, { opened: read.opened, keys, isAnother });
    const { decision } = evaluated;
    const rejection = decision.outcome === 'reject' ? decision.rejection : null;
    const full = rejection !== null && findsNoSeat(rejection) && evaluated.kind === 'activation' ? evaluated.entitlement : null;
    const holders = full === null ? [] : await listHolders(context.db, { scope, entitlementId: full.id, now: evaluated.now });
    const customerId = customerIdOf(context.actor);
    const helped = rejection !== null && customerId !== null && explain(rejection).who === 'your-admin';
    const admins = helped ? await listAdmins(context.db, customerId) : [];
    return done<Preview>({ submission: exchange, evaluated, rejection, holders, admins });
  },
});

/** Tells what becomes of the seat of the machine that this one looks like, and why. Nothing when it looks like none. */
export function tellOlder({ decision, older, reinstalls, now }: EvaluatedActivation, { mayName = true } = {}): Description {
  const lookalike = lookalikeOf(decision);
  if (lookalike === null || older === null || reinstalls === null) return [];
  return describeLookalike({ lookalike, name: mayName ? older.deviceName : null, runsOutAt: older.runsOutAt, reinstalls, now });
}
