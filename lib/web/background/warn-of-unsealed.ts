import type { AuditCheck } from '@/lib/operations/audit/check-audit';
import { checkAudit } from '@/lib/operations/audit/check-audit';
import type { OperationContext } from '@/lib/operations/context';
import { performOrThrow } from '@/lib/operations/perform-or-throw';

const print = (line: string): void => void process.stderr.write(`${line}\n`);

/** Checks that the audit is sealed, and prints a warning on standard error for each problem. */
export async function warnOfUnsealed(
  context: OperationContext,
  { whole, warn = print }: { whole: boolean; warn?: typeof print },
): Promise<void> {
  for (const line of warningsOf(await performOrThrow(checkAudit, { whole }, context))) warn(line);
}

function warningsOf({ unsealed, oldestAt, leftOut }: AuditCheck): string[] {
  const late = `Entries of the audit that are older than an hour and not sealed: ${unsealed}, the oldest of ${oldestAt?.toISOString()}. Look above for faults of the task audit.seal, and in the database for a connection that wrote to audit_entries and does not end (pg_stat_activity, pg_locks).`;
  const put = `Entries of the audit that had been kept from their seal, and were sealed now, behind later ones: ${leftOut}. Somebody wrote to the database past the portal. audit verify names them in an export of their customers.`;
  return [...(unsealed > 0 ? [late] : []), ...(leftOut > 0 ? [put] : [])];
}
