import { writeRefusal } from '@/db/exchange/write-refusal';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { auditIdentityOf, customerIdOf, isPerson } from '../actor';
import { instantOf } from '../audit/operator-audit';
import type { ActingContext, OperationContext } from '../context';
import type { Limit } from './limits';
import { LIMITS } from './limits';
import { consume, forgive } from './rate-limit';

/** The rejection codes of spent budgets. The operator has no budget, and guests have their own (guest-throttle.ts). */
type Spent = 'too-many-files' | 'too-many-refusals' | 'too-many-acts' | 'too-many-refreshes' | 'too-many-attempts';

type Counting = Pick<ActingContext, 'db' | 'attempt' | 'actor'> & Pick<OperationContext, 'now' | 'byOperator'>;

/** The account whose budget is used, during an impersonation the impersonator's; null for actors without one and for acts of the operator in their name. */
function countedUserId({ actor, byOperator = false }: Counting): string | null {
  if (byOperator || !isPerson(actor)) return null;
  return (actor.impersonator ?? actor).userId;
}

/**
 * Counts a refusal, or a repeat of an earlier answer, before it is recorded.
 *
 * @param about what an application asks about, such as a licence; counted across all network addresses
 * @returns whether the budget is spent: then the refusal is not recorded, and `attempt.heldBack` says when to try again
 */
export async function isRefusedTooOften(context: Counting, about: string | null = null): Promise<boolean> {
  const { actor } = context;
  const person = countedUserId(context);
  if (person !== null) return (await count(context, [LIMITS.refusalsByPerson, person], 'too-many-refusals')) !== null;
  if (actor.role !== 'application') return false;
  const byClient = await count(context, [LIMITS.refusalsByApplication, actor.client], 'too-many-refusals');
  const byLicence = about === null ? null : await count(context, [LIMITS.refusalsByLicence, about], 'too-many-refusals');
  return byClient !== null || byLicence !== null;
}

/** As {@link isRefusedTooOften}, for an uploaded file. */
export async function isRefusedFileTooOften(context: Counting): Promise<boolean> {
  const person = countedUserId(context);
  if (person === null) return isRefusedTooOften(context);
  return (await count(context, [LIMITS.refusedFilesByPerson, person], 'too-many-refusals')) !== null;
}

/** Counts a file that a person hands in, before it is opened. {@link forgiveFile} takes it back when the file is answered. */
export async function countFile(context: Counting): Promise<Rejection | null> {
  const person = countedUserId(context);
  return person === null ? null : count(context, [LIMITS.filesByPerson, person], 'too-many-files');
}

export async function forgiveFile(context: Counting): Promise<void> {
  const person = countedUserId(context);
  if (person !== null) await forgive(context.db, LIMITS.filesByPerson, person);
}

/** Counts a command of a person before it runs. */
export async function countAct(context: Counting): Promise<Rejection | null> {
  const person = countedUserId(context);
  return person === null ? null : count(context, [LIMITS.actsByPerson, person], 'too-many-acts');
}

/** Counts a refresh that a person asks for. By device, because one person may have thousands. */
export async function countRefresh(context: Counting, activationId: string): Promise<Rejection | null> {
  return countedUserId(context) === null ? null : count(context, [LIMITS.refreshesByDevice, activationId], 'too-many-refreshes');
}

/** Counts a text of an application that names no licence, by network address. */
export async function countMiss(context: Counting): Promise<Rejection | null> {
  const { actor } = context;
  return actor.role === 'application' ? count(context, [LIMITS.missesByApplication, actor.client], 'too-many-attempts') : null;
}

async function count(context: Counting, [limit, key]: readonly [Limit, string], code: Spent): Promise<Rejection | null> {
  const over = await consume(context.db, limit, key);
  if (over === null) return null;
  const rejection = reject(code, { retryAt: over.retryAt.toISOString() });
  context.attempt.heldBack = rejection;
  if (over.isFirst) await writeHeldBack(context, rejection);
  return rejection;
}

/** Writes one audit entry that stands for everything that is not recorded from here on. */
async function writeHeldBack(context: Counting, { code, facts }: Rejection): Promise<void> {
  const { db, actor } = context;
  const at = await instantOf(context);
  await writeRefusal(db, {
    at,
    customerId: customerIdOf(actor),
    ...auditIdentityOf(actor),
    action: 'person.held-back',
    code,
    detail: { facts },
  });
}
