import type { SQL, SQLWrapper } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { violatedUnique } from '../postgres-error';
import { toRowJson } from '../row';

/** Call of the function that writes an audit row: put into the statement that does what it tells of. */
export function auditCall(audit: AuditEntry): SQL {
  return sql`write_audit(${JSON.stringify(toRowJson(audit))}::jsonb)`;
}

/** Part of a statement that writes: a name, and an insert or update of the query builder, or as text in parentheses. */
export interface Writing {
  readonly name: string;
  readonly query: SQLWrapper;
}

/** Whether a change was made, was not needed, or what it was for does not exist. */
export type ChangeOutcome = 'changed' | 'unchanged' | 'unknown';

/**
 * Runs writes and their audit row as one statement. The audit row is written once for each row that the first write returns, so that
 * nothing written means nothing audited.
 *
 * @returns `written`; `nothing` when the first write found no row; `exists` when a unique constraint stood in the way, and nothing was written
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
