import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';

/** Conditions that the code `k` is what a dialect has in the place of an activation code, and shows by itself. Null: it has none such. */
const CODES: Readonly<Record<DialectId, SQL | null>> = {
  native: null,
  keygen: sql`exists (select from keygen_keys kk where kk.code_id = k.id)`,
  licensespring: null,
};

/** Condition that the code `k` is shown by a dialect, and not among the activation codes. */
export const isCodeOfDialect: SQL = sql`(${sql.join([sql`false`, ...Object.values(CODES).flatMap((condition) => condition ?? [])], sql` or `)})`;
