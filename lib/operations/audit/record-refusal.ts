import type { AuditEntry } from '@/db/exchange/exchange-entry';
import { writeRefusal } from '@/db/exchange/write-refusal';
import type { ActingContext } from '../context';
import { newTroubleCode } from '../exchange/record-exchange';
import { isRefusedTooOften } from '../limits/budget';

type Refusing = Pick<ActingContext, 'db' | 'attempt'> & Partial<Pick<ActingContext, 'actor' | 'byOperator'>>;

/**
 * Records the refusal of a command without a file, under a new trouble code, while the actor's budget lasts. During a sign-in there is no actor
 * yet: its limits count tries instead.
 */
export async function recordRefusal(context: Refusing, audit: AuditEntry): Promise<void> {
  const { db, attempt, actor } = context;
  if (actor !== undefined && (await isRefusedTooOften({ ...context, actor }))) return;
  const troubleCode = newTroubleCode();
  await writeRefusal(db, { ...audit, troubleCode });
  attempt.refusedAs = troubleCode;
}
