import type { SQL, SQLWrapper } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { violatedUnique } from '../postgres-error';
import { toRowJson } from '../row';

/** Calls the SQL function that writes an audit row. Belongs in the statement that makes the audited change. */
export function auditCall(audit: AuditEntry): SQL {
  return sql`write_audit(${JSON.stringify(toRowJson(audit))}::jsonb)`;
}

/** A write in a `with` statement: its name, and an insert or update by the query builder, or SQL in parentheses. */
export interface Writing {
  readonly name: string;
  readonly query: SQLWrapper;
}

/** `unknown`: the row to change does not exist. */
export type ChangeOutcome = 'changed' | 'unchanged' | 'unknown';

/**
 * Runs writes and their audit row as one statement. The audit row is written once for each row that the first write returns, so that
 * a statement that writes nothing audits nothing.
 *
 * @returns `written`; `nothing` when the first write found no row; `exists` when a unique constraint was violated, and nothing was written
 */
export async function writeAudited(
  db: Database,
  { writes, audit }: { writes: readonly [Writing, ...Writing[]]; audit: AuditEntry },
): Promise<'written' | 'nothing' | 'exists'> {
  const parts = writes.map(({ name, query }) => sql`${sql.identifier(name)} as ${query}`);
  const first = sql.identifier(writes[0].name);
  try {
    const rows = await db.execute(sql`with ${sql.join(parts, sql`, `)} select ${auditCall(audit)} from ${first}`);
    return rows.length > 0 ? 'written' : 'nothing';
  } catch (error) {
    if (violatedUnique(error) !== null) return 'exists';
    throw error;
  }
}
