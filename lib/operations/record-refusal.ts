import type { AuditEntry } from '@/db/exchange-entry';
import { writeRefusal } from '@/db/write-refusal';
import type { ActingContext } from './context';
import { newTroubleCode } from './write-entries';

/** Writes down that what somebody asked for without a file was refused, under the trouble code that they are shown. */
export async function recordRefusal({ db, attempt }: Pick<ActingContext, 'db' | 'attempt'>, audit: AuditEntry): Promise<void> {
  const troubleCode = newTroubleCode();
  await writeRefusal(db, { ...audit, troubleCode });
  attempt.refusedAs = troubleCode;
}
