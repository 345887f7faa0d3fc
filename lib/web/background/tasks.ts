import type { TaskList } from 'graphile-worker';
import { parseCronItems } from 'graphile-worker';
import { sealAudit } from '@/lib/operations/audit/seal-audit';
import type { OperationContext } from '@/lib/operations/context';
import { dropOldFiles } from '@/lib/operations/exchange/drop-files';
import { settleLeases } from '@/lib/operations/leases/settle-leases';
import type { Operation } from '@/lib/operations/operation';
import { expireInvitations } from '@/lib/operations/people/expire-invitations';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { sendClaimMails } from '../claims/send-claim-mails';
import { sendReminders } from '../leases/send-reminders';
import { portalMailing } from '../mail/mailing';
import { hasMailServer, sendMail } from '../mail/send-mail';
import { portalUrl, settings } from '../web-settings';
import { warnOfUnsealed } from './warn-of-unsealed';

/** Scheduled background work. */
interface Task {
  readonly name: string;
  readonly cron: string;
  readonly run: (context: OperationContext) => Promise<void>;
}

/** All scheduled tasks. Each is idempotent: it may run twice or be interrupted anywhere. */
const TASKS: readonly Task[] = [
  performing(sealAudit, '* * * * *'),
  performing(settleLeases, '* * * * *'),
  { name: 'audit.check', cron: '17 * * * *', run: (context) => warnOfUnsealed(context, { whole: false }) },
  { name: 'audit.check-whole', cron: '43 3 * * *', run: (context) => warnOfUnsealed(context, { whole: true }) },
  performing(expireInvitations, '13 * * * *'),
  { name: 'file.drop', cron: '29 * * * *', run: dropFiles },
  { name: 'reminder.send', cron: '7 * * * *', run: remind },
  { name: 'claim.mail', cron: '* * * * *', run: (context) => sendClaimMails(context, portalMailing()) },
];

/** Makes a task of an operation. A rejection is a fault here, since nobody reads it. */
function performing(operation: Operation<unknown, unknown>, cron: string): Task {
  const run = async (context: OperationContext) => void (await performOrThrow(operation, {}, context));
  return { name: operation.name, cron, run };
}

async function dropFiles(context: OperationContext): Promise<void> {
  await performOrThrow(dropOldFiles, { days: settings().filesKeptDays }, context);
}

/** Skips reminders while there is no mail server, so that none counts as sent. */
async function remind(context: OperationContext): Promise<void> {
  if (hasMailServer()) await sendReminders(context, { url: portalUrl(), send: sendMail });
}

/** Maps the name of each task to the function that the queue calls. */
export function taskList(context: Pick<OperationContext, 'db' | 'keyring'>): TaskList {
  const acting: OperationContext = { ...context, actor: { role: 'operator', label: 'portal' }, via: 'api' };
  return Object.fromEntries(TASKS.map(({ name, run }) => [name, () => run(acting)]));
}

/** Tasks that run at once when a server starts, to catch up on time without one. */
export const AT_START = ['audit.seal', 'reminder.send'];

/** Options that keep one job for each task: a later one replaces it, so that jobs never pile up. */
export const jobOf = (name: string) => ({ jobKey: name, jobKeyMode: 'replace' as const, maxAttempts: 3 });

/**
 * When the tasks are due. No queue names: the lock of a named queue outlives a killed worker by four hours, whereas the job of the next time
 * is a new one.
 */
export const cronItems = parseCronItems(
  TASKS.map(({ name, cron }) => ({ task: name, match: cron, identifier: name, options: { ...jobOf(name), backfillPeriod: 0 } })),
);
