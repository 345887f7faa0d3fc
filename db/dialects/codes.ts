import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';

/** Conditions that a dialect uses the code `k` in place of an activation code, and lists it itself. Null: the dialect has no such codes. */
const CODES: Readonly<Record<DialectId, SQL | null>> = {
  native: null,
  keygen: sql`exists (select from keygen_keys kk where kk.code_id = k.id)`,
  licensespring: null,
};

/** Condition that a dialect lists the code `k`, which is then not listed among the activation codes. */
export const isCodeOfDialect: SQL = sql`(${sql.join([sql`false`, ...Object.values(CODES).flatMap((condition) => condition ?? [])], sql` or `)})`;
