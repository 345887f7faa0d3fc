import type { AuditEntry } from '@/db/exchange/exchange-entry';
import { writeRefusal } from '@/db/exchange/write-refusal';
import type { ActingContext } from '../context';
import { newTroubleCode } from '../exchange/record-exchange';
import { isRefusedTooOften } from '../limits/budget';

type Refusing = Pick<ActingContext, 'db' | 'attempt'> & Partial<Pick<ActingContext, 'actor' | 'byOperator'>>;

/**
 * Writes down that what somebody asked for without a file was refused, under the trouble code that they are shown, unless it is too much by now.
 * Whoever signs in is nobody yet, and counted otherwise.
 */
export async function recordRefusal(context: Refusing, audit: AuditEntry): Promise<void> {
  const { db, attempt, actor } = context;
  if (actor !== undefined && (await isRefusedTooOften({ ...context, actor }))) return;
  const troubleCode = newTroubleCode();
  await writeRefusal(db, { ...audit, troubleCode });
  attempt.refusedAs = troubleCode;
}
