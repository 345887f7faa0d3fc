import { z } from 'zod';
import type { ExchangeRow } from '@/db/exchange/read-exchange';
import type { AdminRow } from '@/db/people/read-people';
import { listAdmins } from '@/db/people/read-people';
import type { HolderRow } from '@/db/seats/list-activations';
import { listHolders } from '@/db/seats/list-activations';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain, reject } from '@/lib/licensing/refusals/rejection';
import { findsNoSeat } from '@/lib/licensing/seats/no-seat';
import { customerIdOf, scopeOf } from '../actor';
import { defineOperation, done, refuse } from '../operation';
import type { FilePreview } from './describe-preview';
import { describePreview } from './describe-preview';
import { evaluateFile } from './evaluate-file';
import { openSubmission } from './open-file';

/** A file that was handed in, and what answering it now would change. */
export interface PreviewedFile {
  readonly submission: ExchangeRow;
  /** Null when the file cannot be opened. */
  readonly preview: FilePreview | null;
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
    const nothing = { submission: exchange, preview: null, holders: [], admins: [] };
    if (!read.ok) return done<PreviewedFile>({ ...nothing, rejection: read.rejection });

    const evaluated = await evaluateFile(context, { opened: read.opened, keys, isAnother });
    const preview = describePreview(evaluated, context.actor.role);
    const { rejection, entitlement, now } = preview;
    const isFull = rejection !== null && findsNoSeat(rejection);
    const holders =
      isFull && entitlement !== null ? await listHolders(context.db, { scope, entitlementId: entitlement.id, now }) : [];
    const customerId = customerIdOf(context.actor);
    const helped = rejection !== null && customerId !== null && explain(rejection).who === 'your-admin';
    const admins = helped ? await listAdmins(context.db, customerId) : [];
    return done<PreviewedFile>({ submission: exchange, preview, rejection, holders, admins });
  },
});
