import type { TaskList } from 'graphile-worker';
import { parseCronItems } from 'graphile-worker';
import type { OperationContext } from '@/lib/operations/context';
import type { Operation } from '@/lib/operations/operation';
import { perform } from '@/lib/operations/operation';
import { sealAudit } from '@/lib/operations/seal-audit';
import { settleLeases } from '@/lib/operations/settle-leases';

/** What the portal works on by itself. Each task may run twice, or be cut off anywhere, and comes to the same. */
const TASKS: readonly { readonly operation: Operation<unknown, unknown>; readonly cron: string }[] = [
  { operation: sealAudit, cron: '* * * * *' },
  { operation: settleLeases, cron: '* * * * *' },
];

/** The tasks as the queue calls them. A refusal is a fault here: nobody could mend it. */
export function taskList(context: Pick<OperationContext, 'db' | 'keyring'>): TaskList {
  const acting: OperationContext = { ...context, actor: { role: 'operator', label: 'portal' }, via: 'api' };
  const run = (operation: Operation<unknown, unknown>) => async () => {
    const result = await perform(operation, {}, acting);
    if (!result.ok) throw new Error(`expected ${operation.name} to be done, found ${result.rejection.code}`);
  };
  return Object.fromEntries(TASKS.map(({ operation }) => [operation.name, run(operation)]));
}

/**
 * When the tasks are due. Of each there is one job, which a later one replaces, so that nothing piles up. No queue names: the lock of a
 * named queue outlives a killed worker by four hours, whereas the job of the next minute is a new one.
 */
export const cronItems = parseCronItems(
  TASKS.map(({ operation, cron }) => ({
    task: operation.name,
    match: cron,
    identifier: operation.name,
    options: { jobKey: operation.name, jobKeyMode: 'replace', maxAttempts: 3, backfillPeriod: 0 },
  })),
);
